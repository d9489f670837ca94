import { lengthOf } from '#domain/day.ts';
import type { Compared } from '../data/compare.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { nameFields } from '../view/dimensions.ts';
import { countIn, type Period } from '../view/periods.ts';

/** A table as exact texts; null for what is unknown. */
export type Grid = { columns: string[]; rows: (string | null)[][] };

/** The column of a kind of quantities. */
export const columnOf = (kind: string) => (isTokenType(kind) ? `${kind}_tokens` : kind);

/** The table of groups. */
export function groupGrid(
  { view: { by }, groups: { currency } }: ViewCosts,
  details: ViewDetails | undefined,
  comparable: boolean,
  groups: readonly Compared[],
): Grid {
  const name = nameFields[by];
  const parts = details?.parts.data ?? [];
  const ofGroups = Map.groupBy(parts, (row) => row[by] ?? '');
  const kinds = kindsInOrder([quantitiesOf(parts)]);
  return {
    columns: [
      by,
      ...(name ? [name] : []),
      'currency',
      'amount',
      ...(comparable ? ['compared_amount', 'previous_amount', 'change'] : []),
      ...kinds.map(columnOf),
    ],
    rows: groups.map(({ value, now, ended, before, change }) => {
      const quantities = quantitiesOf(ofGroups.get(value) ?? []);
      return [
        value,
        ...(name ? [now[name] ?? ''] : []),
        currency,
        now.amount,
        ...(comparable ? [ended.amount, before?.amount ?? '0', change] : []),
        ...kinds.map((kind) => quantities.kinds.get(kind)?.quantity ?? '0'),
      ];
    }),
  };
}

/** What each group cost in each period, a row each, for pivot tables and the books. */
export function groupPeriodGrid({
  view: { by },
  granularity,
  days,
  groups: { currency },
  groupsByPeriod,
}: ViewCosts): Grid {
  const name = nameFields[by];
  const rows = groupsByPeriod.data
    // By day, days before the range were read, too.
    .filter(({ period }) => period !== null && (granularity !== 'day' || period >= days.from))
    .map((row) => [row.period, row[by] ?? '', ...(name ? [row[name] ?? ''] : []), currency, row.amount]);
  return { columns: [granularity, by, ...(name ? [name] : []), 'currency', 'amount'], rows };
}

/** The table of periods, newest first. Of weeks and months, it says how many days are missing. */
export function periodGrid({ byPeriod, periods, granularity }: ViewCosts): Grid {
  const amounts = new Map(byPeriod.data.map(({ period, amount }) => [period, amount]));
  const missingIn = (period: Period) => countIn(byPeriod.missing_days, period);
  return {
    columns: [granularity, 'currency', 'amount', ...(granularity === 'day' ? [] : ['missing_days'])],
    rows: periods.toReversed().map((period) => {
      const isKnown = missingIn(period) < lengthOf(period);
      const amount = isKnown ? (amounts.get(period.start) ?? '0') : null;
      return [period.start, byPeriod.currency, amount, ...(granularity === 'day' ? [] : [String(missingIn(period))])];
    }),
  };
}
