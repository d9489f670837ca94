import type { IntegrationView } from '../../../api/integration-view.ts';
import type { Costs } from '../../../api/routes/read-costs.ts';
import { longDay } from '../format/day.ts';
import { compareDecimals, subtract } from '../format/decimals.ts';

type Group = Costs['data'][number];
/** A group beside itself in the period before; what is not there any more has an amount of 0. */
export type Compared = { value: string; now: Group; before: Group | undefined; change: string };

/** All groups of two periods, by what both are grouped by, dearest first; of one where there is no other. */
export function compare(now: Costs, before: Costs | undefined): Compared[] {
  const [by] = now.group_by;
  const keyOf = (row: Group) => (by && row[by]) ?? '';
  const old = new Map((before?.data ?? []).map((row) => [keyOf(row), row]));
  const left = new Map(old);
  for (const row of now.data) left.delete(keyOf(row));
  const gone = [...left.values()].map((row) => ({ ...row, amount: '0', quantity: null, quantity_unit: null }));
  return [...now.data, ...gone]
    .map((row) => {
      const before = old.get(keyOf(row));
      return { value: keyOf(row), now: row, before, change: subtract(row.amount, before?.amount ?? '0') };
    })
    .toSorted((a, b) => compareDecimals(b.now.amount, a.now.amount) || (a.value < b.value ? -1 : 1));
}

/** Why a period cannot be compared with, in words; '' where it can: a part of a period says nothing of the whole. */
export function whyNotComparable({ from, missing_days }: Costs, integrations: readonly IntegrationView[]): string {
  if (missing_days.length > 0) return `${missing_days.length} of its days are not read yet`;
  const [first] = integrations.map(({ coverage }) => coverage.from).toSorted();
  return first && first > from ? `the history begins on ${longDay(first)}` : '';
}
