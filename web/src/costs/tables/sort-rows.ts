import { compareDecimals } from '#domain/decimal.ts';
import type { Column, SortOrder } from './column.ts';

const names = new Intl.Collator('en', { numeric: true });

/** The order after a click on a column's header: numbers start descending, texts ascending; a second click reverses. */
export function toggleOrder<R>({ name, isNumber = false }: Column<R>, order: SortOrder): SortOrder {
  return { by: name, descending: order.by === name ? !order.descending : isNumber };
}

/** Sorts rows by a column. Rows without a value come last in both directions. */
export function sortRows<R>(rows: readonly R[], columns: readonly Column<R>[], order: SortOrder): readonly R[] {
  const column = columns.find(({ name }) => name === order.by);
  const { isNumber, sortBy } = column ?? {};
  if (!sortBy) return rows;
  const compare = isNumber ? compareDecimals : names.compare;
  const keyed = rows.map((row) => ({ row, key: sortBy(row) }));
  return keyed
    .toSorted((a, b) => {
      if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
      return order.descending ? compare(b.key, a.key) : compare(a.key, b.key);
    })
    .map(({ row }) => row);
}
