import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import { compareDecimals, sumDecimals } from '#domain/decimal.ts';

export type Group = Costs['data'][number];

/** Sums rows of equal keys, the highest amount first. As in the API, a quantity needs one unit and all of its rows. */
function sumGroups(rows: readonly Group[], keyOf: (row: Group) => string): Group[] {
  const sums = [...Map.groupBy(rows, keyOf)].map(([key, [first, ...others]]): [string, Group] => {
    const all = [first, ...others].filter((row) => row !== undefined);
    const units = new Set(all.map(({ quantity, quantity_unit }) => (quantity === null ? null : quantity_unit)));
    const [unit = null] = units;
    const hasQuantity = units.size === 1 && unit !== null;
    const quantity = hasQuantity ? sumDecimals(all.map((row) => row.quantity ?? '0')) : null;
    const amount = sumDecimals(all.map((row) => row.amount));
    return [key, { ...(first as Group), amount, quantity, quantity_unit: hasQuantity ? unit : null }];
  });
  return sums
    .toSorted(([key, a], [other, b]) => compareDecimals(b.amount, a.amount) || (key < other ? -1 : 1))
    .map(([, sum]) => sum);
}

/** Costs by fewer dimensions: the same totals, with the rows of `by` summed. */
export function regroup(costs: Costs, by: readonly (keyof Group & Costs['group_by'][number])[]): Costs {
  const keyOf = (row: Group) => JSON.stringify(by.map((name) => row[name] ?? ''));
  const data = sumGroups(costs.data, keyOf).map((row) => ({ ...row, period: null }));
  return { ...costs, granularity: 'total', group_by: [...by], data };
}

/** Groups that any period has costs of: those of two periods may cancel each other, and are drawn all the same. */
export function spendingRows(byPeriod: Costs, groups: Costs, by: keyof Group): Group[] {
  const values = new Set(byPeriod.data.filter(({ amount }) => amount !== '0').map((row) => row[by] ?? ''));
  return groups.data.filter((row) => values.has(row[by] ?? ''));
}

/** The days of a range out of more. */
export function within(costs: Costs, { from, to }: DayRange): Costs {
  const data = costs.data.filter(({ period }) => period !== null && period >= from && period < to);
  const missing_days = costs.missing_days.filter((day) => day >= from && day < to);
  return { ...costs, from, to, missing_days, total: sumDecimals(data.map(({ amount }) => amount)), data };
}
