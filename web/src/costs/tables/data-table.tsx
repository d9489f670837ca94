import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import layout from '../../ui/layout.module.css';
import type { Column, SortOrder } from './column.ts';
import { ColumnHeader, columnClass } from './column-header.tsx';
import { sortRows, toggleOrder } from './sort-rows.ts';
import styles from './tables.module.css';

type Props<R> = {
  caption: string;
  /** The first one names the row. */
  columns: readonly [Column<R>, ...Column<R>[]];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** The order that the rows come in. */
  order: SortOrder;
  /** How many rows are displayed before the reader opens all. */
  first: number;
};

/** A table that scrolls within the page and sorts by its columns. Shows the first rows until the reader opens all. */
export function DataTable<R>({ caption, columns, rows, keyOf, order: initialOrder, first }: Props<R>) {
  const [isOpen, setIsOpen] = useState(false);
  const [chosenOrder, setChosenOrder] = useState<SortOrder>();
  const [rowName, ...others] = columns;
  const order = chosenOrder ?? initialOrder;
  const sorted = chosenOrder ? sortRows(rows, columns, chosenOrder) : rows;
  const displayed = isOpen ? sorted : sorted.slice(0, first);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
      <section className={styles.scroll} aria-label={caption} tabIndex={0}>
        <Table verticalSpacing={6} highlightOnHover>
          <Table.Caption className={layout.visuallyHidden}>{caption}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <ColumnHeader
                  key={column.name}
                  column={column}
                  order={order}
                  onSort={() => setChosenOrder(toggleOrder(column, order))}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {displayed.map((row) => (
              <Table.Tr key={keyOf(row)}>
                <Table.Th scope="row">{rowName.cell(row)}</Table.Th>
                {others.map((column) => (
                  <Table.Td key={column.name} className={columnClass(column)}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          {rowName.total && (
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th scope="row">{rowName.total}</Table.Th>
                {others.map((column) => (
                  <Table.Td key={column.name} className={columnClass(column)}>
                    {column.total}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </section>
      {rows.length > first && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? `Show the first ${first}` : `Show all ${rows.length}`}
        </Button>
      )}
    </>
  );
}
