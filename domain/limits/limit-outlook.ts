import { addDays, type Day, monthOf, monthStart } from '../day.ts';
import { percentOf } from '../decimal.ts';
import { toForecast } from '../forecast/forecast.ts';
import { type DailyTotal, outlookOf } from '../forecast/outlook.ts';
import { type Reach, reach } from '../forecast/reach.ts';
import type { SpendLimit } from '../spend-limit.ts';

/** `read_on`: the UTC day on which OpenAI had the limit like this. */
type Limit = Pick<SpendLimit, 'kind' | 'amount' | 'interval' | 'is_enforcing'> & { read_on: Day | null };

/** What a limit's organization or project has spent this month, and its past year. */
export type LimitCosts = { today: Day; spent: string; days: readonly DailyTotal[] };

export type LimitOutlook = ReturnType<typeof limitOutlook>;

/** When this month reaches a limit; unknown where the limit is of another interval, since only months are forecast. */
export function limitOutlook(limit: Limit, { today, spent, days }: LimitCosts) {
  if (limit.interval !== 'month') {
    const unknown = { spent: null, spent_percent: null, forecast: null };
    const nothing = { expected_on: null, earliest_on: null, latest_on: null };
    // When such an interval ends is not known: what is read each day counts until it could not be.
    const is_reached = limit.is_enforcing && (limit.read_on ?? '') >= addDays(today, -1);
    return { ...unknown, is_reached, ...nothing, summary: 'Only monthly limits are forecast.' };
  }
  const outlook = outlookOf({ today, period: monthOf(today), days });
  const { amount, low, high } = outlook ? toForecast(spent, outlook) : { amount: null, low: null, high: null };
  const found = reach(limit.amount, spent, outlook);
  // What was enforced last month is not any more.
  const is_enforced = limit.is_enforcing && (limit.read_on ?? '') >= monthStart(today);
  const is_reached = found.is_reached || is_enforced;
  return {
    spent,
    spent_percent: percentOf(spent, limit.amount),
    forecast: amount === null ? null : { amount, low, high },
    ...found,
    is_reached,
    summary: is_reached
      ? reachedSummary(limit, is_enforced)
      : summarize(found, { isHard: limit.kind === 'hard_limit', isForecast: outlook !== null }),
  };
}

function reachedSummary({ kind }: Limit, is_enforced: boolean): string {
  if (kind === 'alert') return 'Reached: OpenAI has sent e-mails.';
  return is_enforced
    ? 'Reached: production is stopped until next month.'
    : 'Reached by the costs so far; OpenAI did not enforce it yet when it was last read.';
}

function summarize(
  { expected_on, earliest_on, latest_on }: Reach,
  { isHard, isForecast }: { isHard: boolean; isForecast: boolean },
): string {
  if (!isForecast) return 'The history is too short for a forecast.';
  const effect = isHard ? 'Production stops then.' : 'OpenAI sends e-mails then.';
  const range = earliest_on === latest_on ? '' : ` (from ${earliest_on} to ${latest_on ?? 'not at all this month'})`;
  if (expected_on) return `Expected to be reached on ${expected_on}${earliest_on ? range : ''}. ${effect}`;
  if (earliest_on) return `Not expected to be reached this month, but possible from ${earliest_on} on. ${effect}`;
  return 'Not expected to be reached this month.';
}
