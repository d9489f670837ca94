import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { compareDecimals, subtractDecimals } from '#domain/decimal.ts';
import { longDay } from '../../ui/format/day.ts';
import type { Answers, Details } from './fetch-costs.ts';
import { unknownInWords } from './missing-days.ts';

type Group = Costs['data'][number];
/**
 * A group in all days of the range, in those that have ended, and in the period before them. What is not in one of
 * them has an amount of 0; `before` is undefined where it is not there. `change` is from `before` to `ended`.
 */
export type Compared = { value: string; now: Group; ended: Group; before: Group | undefined; change: string };

/** All groups of a range and of the one before it, by what all are grouped by, dearest first. */
export function compare(now: Costs, ended: Costs | undefined, before: Costs | undefined): Compared[] {
  const [by] = now.group_by;
  const keyOf = (row: Group) => (by && row[by]) ?? '';
  const byKey = (costs: Costs | undefined) => new Map((costs?.data ?? []).map((row) => [keyOf(row), row]));
  const [isNow, wasEnded, wasBefore] = [byKey(now), byKey(ended), byKey(before)];
  const nothing = (row: Group) => ({ ...row, amount: '0', quantity: null, quantity_unit: null });
  const gone = [...wasBefore.values()].filter((row) => !isNow.has(keyOf(row))).map(nothing);
  return [...now.data, ...gone]
    .map((now) => {
      const value = keyOf(now);
      const [ended, before] = [wasEnded.get(value) ?? nothing(now), wasBefore.get(value)];
      return { value, now, ended, before, change: subtractDecimals(ended.amount, before?.amount ?? '0') };
    })
    .toSorted((a, b) => compareDecimals(b.now.amount, a.now.amount) || (a.value < b.value ? -1 : 1));
}

type Comparable = { unknown: Answers['unknown'] } & Pick<Details, 'ended' | 'groupsBefore'>;

/**
 * Why a period cannot be compared with the one before, in words; '' where it can. A part of a period says nothing of
 * the whole, and an organization that has some of the one only makes the other look small.
 */
export function whyNotComparable(
  { unknown, ended, groupsBefore: before }: Comparable,
  integrations: readonly IntegrationView[],
): string {
  const gaps = unknownInWords(unknown);
  if (gaps) return `the range has ${gaps}`;
  if (ended.to === ended.from) return 'no day of the range has ended and been read since';
  if (before.missing_days.length > 0) return `${before.missing_days.length} of those days are not read yet`;
  const begun = integrations.map(({ coverage }) => coverage.from).filter((from) => from < ended.to);
  const last = begun.toSorted().at(-1);
  return last && last > before.from ? `the history begins on ${longDay(last)}` : '';
}
