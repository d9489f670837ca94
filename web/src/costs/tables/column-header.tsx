import { Table, UnstyledButton } from '@mantine/core';
import type { Column, SortOrder } from './column.ts';
import styles from './tables.module.css';

type Props<R> = { column: Column<R>; order: SortOrder; onSort: () => void };

/** A column's name; a click sorts by it, if the column sorts. */
export function ColumnHeader<R>({ column: { name, isNumber, sortBy }, order, onSort }: Props<R>) {
  const direction = order.descending ? 'descending' : 'ascending';
  const sorted = order.by === name ? direction : undefined;
  return (
    <Table.Th scope="col" className={isNumber ? styles.number : undefined} aria-sort={sorted}>
      {sortBy ? (
        <UnstyledButton className={styles.sort} data-sorted={sorted} onClick={onSort}>
          {name}
        </UnstyledButton>
      ) : (
        name
      )}
    </Table.Th>
  );
}
