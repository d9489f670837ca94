import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { compareDecimals, subtractDecimals } from '#domain/decimal.ts';
import { longDay } from '../../ui/format/day.ts';
import { describeMissingDays } from './missing-days.ts';
import type { ViewCosts, ViewDetails } from './view-costs.ts';

type Group = Costs['data'][number];

/**
 * A group in the range (`now`), in its days that have ended, and in the comparison period (`before`; undefined if it
 * cost nothing then). `change` is the amount of `ended` less that of `before`.
 */
export type Compared = { value: string; now: Group; ended: Group; before: Group | undefined; change: string };

/** All groups of a range and of its comparison period, the highest cost first. All three are grouped alike. */
export function compare(now: Costs, ended: Costs | undefined, before: Costs | undefined): Compared[] {
  const [by] = now.group_by;
  const keyOf = (row: Group) => (by && row[by]) ?? '';
  const byKey = (costs: Costs | undefined) => new Map((costs?.data ?? []).map((row) => [keyOf(row), row]));
  const withoutCost = (row: Group) => ({ ...row, amount: '0', quantity: null, quantity_unit: null });
  const groupsNow = byKey(now);
  const groupsEnded = byKey(ended);
  const groupsBefore = byKey(before);
  const gone = [...groupsBefore.values()].filter((row) => !groupsNow.has(keyOf(row))).map(withoutCost);
  return [...now.data, ...gone]
    .map((group) => {
      const value = keyOf(group);
      const ended = groupsEnded.get(value) ?? withoutCost(group);
      const before = groupsBefore.get(value);
      return { value, now: group, ended, before, change: subtractDecimals(ended.amount, before?.amount ?? '0') };
    })
    .toSorted((a, b) => compareDecimals(b.now.amount, a.now.amount) || (a.value < b.value ? -1 : 1));
}

type Comparable = Pick<ViewCosts, 'missing'> & Pick<ViewDetails, 'ended' | 'groupsBefore'>;

/**
 * Why a range cannot be compared with the period before it; '' if it can. Both must be complete, for every
 * organization: one that has days in only one of them would look like a change.
 */
export function whyNotComparable(
  { missing, ended, groupsBefore: before }: Comparable,
  integrations: readonly IntegrationView[] | undefined,
): string {
  if (!integrations) return 'the organizations could not be loaded';
  const gaps = describeMissingDays(missing);
  if (gaps) return `the range has ${gaps}`;
  if (ended.to === ended.from) return 'no day of the range is complete yet';
  const missingBefore = before.missing_days.length;
  if (missingBefore === 1) return 'a day of the period before is not read yet';
  if (missingBefore > 1) return `${missingBefore} days of the period before are not read yet`;
  const starts = integrations.map(({ coverage }) => coverage.from).filter((from) => from < ended.to);
  const latest = starts.toSorted().at(-1);
  return latest && latest > before.from ? `the history starts on ${longDay(latest)}` : '';
}
