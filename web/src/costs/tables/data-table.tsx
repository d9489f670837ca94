import { Button, Table } from '@mantine/core';
import { type CSSProperties, type ReactNode, useState } from 'react';

export type Column<R> = { name: string; isNumber?: boolean; cell: (row: R) => ReactNode; total?: ReactNode };
type Props<R> = {
  caption: string;
  /** The first one names the row. */
  columns: readonly [Column<R>, ...Column<R>[]];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** So many rows are shown before all are asked for. */
  first: number;
  style?: CSSProperties;
};

/** A table that scrolls within the page, of many rows the first ones. */
export function DataTable<R>({ caption, columns, rows, keyOf, first, style }: Props<R>) {
  const [whole, setWhole] = useState(false);
  const [named, ...others] = columns;
  const shown = whole ? rows : rows.slice(0, first);
  const className = ({ isNumber }: Column<R>) => (isNumber ? 'number' : undefined);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="table" aria-label={caption} tabIndex={0}>
        <Table verticalSpacing={6} highlightOnHover style={style}>
          <Table.Caption className="visually-hidden">{caption}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.name} scope="col" className={className(column)}>
                  {column.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={keyOf(row)}>
                <Table.Th scope="row">{named.cell(row)}</Table.Th>
                {others.map((column) => (
                  <Table.Td key={column.name} className={className(column)}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          {named.total && (
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th scope="row">{named.total}</Table.Th>
                {others.map((column) => (
                  <Table.Td key={column.name} className={className(column)}>
                    {column.total}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </section>
      {rows.length > first && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setWhole(!whole)}>
          {whole ? `Show the first ${first}` : `Show all ${rows.length}`}
        </Button>
      )}
    </>
  );
}
