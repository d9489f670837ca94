import { daysOf } from '#domain/day.ts';
import type { Compared } from '../data/compare.ts';
import type { Answers, Details } from '../data/fetch-costs.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';

/** Rows as texts, exact; null is what is not known. */
export type Grid = { columns: string[]; rows: (string | null)[][] };
/** How a kind of quantities is called among columns. */
export const columnOf = (kind: string) => (isTokenType(kind) ? `${kind}_tokens` : kind);

/** The table of groups. */
export function groupGrid(
  { view: { by }, groups: { currency } }: Answers,
  { parts }: Details,
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
export function dayGrid({ daily }: Answers): Grid {
  const amounts = new Map(daily.data.map(({ period, amount }) => [period, amount]));
  const missing = new Set(daily.missing_days);
  return {
    columns: ['day', 'currency', 'amount'],
    rows: daysOf(daily)
      .toReversed()
      .map((day) => [day, daily.currency, missing.has(day) ? null : (amounts.get(day) ?? '0')]),
  };
}
