import { Table, UnstyledButton } from '@mantine/core';
import type { Column } from './data-table.tsx';
import type { Order } from './sort-rows.ts';

type Props<R> = { column: Column<R>; order: Order; onOrder: () => void };

/** What a column is of; a click orders the rows by it, where they can be. */
export function ColumnName<R>({ column: { name, isNumber, orderBy }, order, onOrder }: Props<R>) {
  const way = order.descending ? 'descending' : 'ascending';
  const sorted = order.by === name ? way : undefined;
  return (
    <Table.Th scope="col" className={isNumber ? 'number' : undefined} aria-sort={sorted}>
      {orderBy ? (
        <UnstyledButton className="order" data-sorted={sorted} onClick={onOrder}>
          {name}
        </UnstyledButton>
      ) : (
        name
      )}
    </Table.Th>
  );
}
