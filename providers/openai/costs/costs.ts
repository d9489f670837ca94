import { addDays, type DayRange } from '#domain/day.ts';
import { OpenAiError } from '../../http/error.ts';
import type { Credentials } from '../../http/get.ts';
import { type DayWindow, dayWindow } from '../../reports/day-window.ts';
import { windowQuery } from '../../reports/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, PAGE_DAYS } from '../../reports/window.ts';
import type { AskPage } from '../pages/fetch-page.ts';
import type { CostFact } from './cost-row.ts';
import { COSTS } from './cost-source.ts';
import { readTotals } from './totals.ts';

export type CostWindow = DayWindow<CostFact>;

/** Reads a window by the finest grouping. Throws OpenAiError; RangeError where the window itself is wrong. */
export async function readCosts(askPage: AskPage, window: DayRange, credentials: Credentials): Promise<CostWindow> {
  checkWindow(window);
  const reading = await readWindow(askPage, windowQuery(COSTS, window, COSTS.finest, PAGE_DAYS), credentials);
  await confirmQuiet(askPage, reading.unreported, credentials);
  return dayWindow(reading);
}

/**
 * A quiet day is promised as an empty bucket, but a server may leave it out. A day without a bucket counts as quiet
 * only when an answer for the missing days alone has properly ended without it, and the ungrouped total holds no money
 * for it either. Else its money would be lost in silence.
 */
async function confirmQuiet(askPage: AskPage, unreported: string[], credentials: Credentials): Promise<void> {
  const [first, last] = [unreported[0], unreported.at(-1)];
  if (first === undefined || last === undefined) return;
  const totals = await readTotals(askPage, { from: first, to: addDays(last, 1) }, credentials);
  const billed = totals.filter(({ day, amount }) => amount !== '0' && unreported.includes(day));
  if (billed.length > 0) {
    throw new OpenAiError('incomplete_window', { endpoint: COSTS.endpoint, detail: `${billed.length} days` });
  }
}
