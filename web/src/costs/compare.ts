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

/**
 * Why a period cannot be compared with the one before, in words; '' where it can. A part of a period says nothing of
 * the whole, and an organization that has some of the one only makes the other look small.
 */
export function whyNotComparable(now: Costs, before: Costs, integrations: readonly IntegrationView[]): string {
  const missing = now.missing_days.length;
  if (missing > 0) return missing === 1 ? 'a day of the range is missing' : `${missing} days of the range are missing`;
  if (before.missing_days.length > 0) return `${before.missing_days.length} of those days are not read yet`;
  const begun = integrations.map(({ coverage }) => coverage.from).filter((from) => from < now.to);
  const last = begun.toSorted().at(-1);
  return last && last > before.from ? `the history begins on ${longDay(last)}` : '';
}
