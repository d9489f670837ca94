import { Table, UnstyledButton } from '@mantine/core';
import type { Column, SortOrder } from './column.ts';
import styles from './tables.module.css';

type Props<R> = { column: Column<R>; order: SortOrder; onSort: () => void };

/** How the cells of a column are aligned, and whether a phone has them. */
export const columnClass = ({ isNumber, isMinor }: { isNumber?: boolean | undefined; isMinor?: boolean | undefined }) =>
  [isNumber && styles.number, isMinor && styles.minor].filter(Boolean).join(' ');

/** A column's name; a click sorts by it, if the column sorts. */
export function ColumnHeader<R>({ column: { name, isNumber, isMinor, sortBy }, order, onSort }: Props<R>) {
  const direction = order.descending ? 'descending' : 'ascending';
  const sorted = order.by === name ? direction : undefined;
  return (
    <Table.Th scope="col" className={columnClass({ isNumber, isMinor })} aria-sort={sorted}>
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
