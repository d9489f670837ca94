import { Button, Table } from '@mantine/core';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { ColumnName } from './column-header.tsx';
import { inOrder, nextOrder, type Order } from './sort-rows.ts';

export type Column<R> = {
  name: string;
  isNumber?: boolean;
  cell: (row: R) => ReactNode;
  /** What rows are ordered by: a decimal of a number, or else a text. */
  orderBy?: (row: R) => string | undefined;
  total?: ReactNode;
};
type Props<R> = {
  caption: string;
  /** The first one names the row. */
  columns: readonly [Column<R>, ...Column<R>[]];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** That the rows come in. */
  order: Order;
  /** So many rows are shown before all are asked for. */
  first: number;
  style?: CSSProperties;
};

/** A table that scrolls within the page, of many rows the first ones, in the order of any column. */
export function DataTable<R>({ caption, columns, rows, keyOf, order: ownOrder, first, style }: Props<R>) {
  const [whole, setWhole] = useState(false);
  const [named, ...others] = columns;
  const [chosen, setChosen] = useState<Order>();
  const order = chosen ?? ownOrder;
  const ordered = chosen ? inOrder(rows, columns, chosen) : rows;
  const shown = whole ? ordered : ordered.slice(0, first);
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
                <ColumnName
                  key={column.name}
                  column={column}
                  order={order}
                  onOrder={() => setChosen(nextOrder(column, order))}
                />
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
