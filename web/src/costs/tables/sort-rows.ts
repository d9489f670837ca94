import { compareDecimals } from '#domain/decimal.ts';
import type { Column } from './data-table.tsx';

/** By which column rows are ordered, and which way. */
export type Order = { by: string; descending: boolean };

const names = new Intl.Collator('en', { numeric: true });

/** A click on a column's name orders by it, numbers by the greatest first; another one turns that round. */
export function nextOrder<R>({ name, isNumber = false }: Column<R>, order: Order): Order {
  return { by: name, descending: order.by === name ? !order.descending : isNumber };
}

/** The rows in an order; as they come where its column is not there. What has nothing in the column is last either way. */
export function inOrder<R>(rows: readonly R[], columns: readonly Column<R>[], order: Order): readonly R[] {
  const column = columns.find(({ name }) => name === order.by);
  const { isNumber, orderBy } = column ?? {};
  if (!orderBy) return rows;
  const compare = isNumber ? compareDecimals : names.compare;
  const keyed = rows.map((row) => ({ row, key: orderBy(row) }));
  return keyed
    .toSorted((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      return order.descending ? compare(b.key, a.key) : compare(a.key, b.key);
    })
    .map(({ row }) => row);
}
