import { COSTS } from './chain.ts';
import { addDays, daysOf } from './days.ts';
import { OpenAiError } from './error.ts';
import type { Credentials, Get } from './http.ts';
import { costQuery } from './query.ts';
import { readWindow } from './read-window.ts';
import type { CostFact } from './schemas.ts';
import { readTotals } from './totals.ts';
import { checkWindow, WINDOW_DAYS, type Window } from './window.ts';

export type CostDay = { day: string; facts: CostFact[] };

export type CostWindow = {
  /** What was really read: the window without the future and without what the provider no longer reports. */
  from: string;
  to: string;
  /** The first day that the provider still reports, where it said so. */
  earliest: string | undefined;
  /** Dimensions that were refused for this window; their fields are ''. */
  dropped: string[];
  /** Every day of [from, to) exactly once, in order, quiet ones too. */
  days: CostDay[];
};

/** The finest grouping that the provider offers. */
const FINEST = ['project_id', 'line_item', 'api_key_id', 'user_id'];

/** Reads a window by the finest grouping. Throws OpenAiError; RangeError where the window itself is wrong. */
export async function readCosts(get: Get, window: Window, credentials: Credentials): Promise<CostWindow> {
  checkWindow(window);
  const asked = costQuery(window.from, window.to, FINEST, WINDOW_DAYS);
  const { query, days, unreported } = await readWindow(get, asked, credentials);
  await confirmQuiet(get, unreported, credentials);
  return {
    from: query.from,
    to: query.to,
    earliest: query.earliest,
    dropped: FINEST.filter((dimension) => !query.groupBy.includes(dimension)),
    days: daysOf(query.from, query.to).map((day) => ({ day, facts: days.get(day) ?? [] })),
  };
}

/**
 * A quiet day is promised as an empty bucket, but a server may leave it out. A day without a bucket counts as quiet
 * only when an answer for the missing days alone has properly ended without it, and the ungrouped total holds no money
 * for it either. Else its money would be lost in silence.
 */
async function confirmQuiet(get: Get, unreported: string[], credentials: Credentials): Promise<void> {
  const [first, last] = [unreported[0], unreported.at(-1)];
  if (first === undefined || last === undefined) return;
  const totals = await readTotals(get, { from: first, to: addDays(last, 1) }, credentials);
  const billed = totals.filter(({ day, amount }) => amount !== '0' && unreported.includes(day));
  if (billed.length > 0) {
    throw new OpenAiError('incomplete_window', { endpoint: COSTS, detail: `${billed.length} days` });
  }
}
