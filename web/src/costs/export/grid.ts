import { daysOf } from '#domain/day.ts';
import type { Compared } from '../data/compare.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';

/** A table as exact texts; null for what is unknown. */
export type Grid = { columns: string[]; rows: (string | null)[][] };

/** The column of a kind of quantities. */
export const columnOf = (kind: string) => (isTokenType(kind) ? `${kind}_tokens` : kind);

/** The table of groups. */
export function groupGrid(
  { view: { by }, groups: { currency } }: ViewCosts,
  { parts }: ViewDetails,
  comparable: boolean,
  groups: readonly Compared[],
): Grid {
  const ofGroups = Map.groupBy(parts.data, (row) => row[by] ?? '');
  const kinds = kindsInOrder([quantitiesOf(parts.data)]);
  return {
    columns: [
      by,
      ...(by === 'project_id' ? ['project_name'] : []),
      'currency',
      'amount',
      ...(comparable ? ['compared_amount', 'previous_amount', 'change'] : []),
      ...kinds.map(columnOf),
    ],
    rows: groups.map(({ value, now, ended, before, change }) => {
      const quantities = quantitiesOf(ofGroups.get(value) ?? []);
      return [
        value,
        ...(by === 'project_id' ? [now.project_name ?? ''] : []),
        currency,
        now.amount,
        ...(comparable ? [ended.amount, before?.amount ?? '0', change] : []),
        ...kinds.map((kind) => quantities.kinds.get(kind)?.quantity ?? '0'),
      ];
    }),
  };
}

/** The table of days, newest first. */
export function dayGrid({ daily }: ViewCosts): Grid {
  const amounts = new Map(daily.data.map(({ period, amount }) => [period, amount]));
  const missing = new Set(daily.missing_days);
  return {
    columns: ['day', 'currency', 'amount'],
    rows: daysOf(daily)
      .toReversed()
      .map((day) => [day, daily.currency, missing.has(day) ? null : (amounts.get(day) ?? '0')]),
  };
}
