import { addDays, type Day } from '#domain/day.ts';
import { ProviderError } from '../../http/error.ts';
import type { RequestOptions } from '../../http/get.ts';
import { type DayWindow, dayWindow } from '../../reports/day-window.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import { windowQuery } from '../../reports/query/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, costPageDays } from '../../reports/window.ts';
import type { CostFact } from './cost-row.ts';
import { COSTS } from './cost-source.ts';
import { type CostsQuery, type ForeignCosts, withoutForeign } from './foreign.ts';
import { readTotals } from './totals.ts';

export type CostWindow = DayWindow<CostFact> & {
  /** As requested. */
  organization_id: string;
  /** Rows of organizations other than the requested one; their money is in no day's facts. */
  foreign: ForeignCosts[];
};

const OUTLINE = COSTS.groupBy.filter((dimension) => !COSTS.droppable.includes(dimension));

/** Reads a window by the finest grouping, or as an outline. Throws ProviderError; RangeError where the window itself is wrong. */
export async function readCosts(
  fetchPage: FetchPage,
  window: CostsQuery,
  options: RequestOptions,
): Promise<CostWindow> {
  checkWindow(window);
  const groupBy = window.isOutline ? OUTLINE : COSTS.groupBy;
  const reading = await readWindow(fetchPage, windowQuery(COSTS, window, groupBy, costPageDays(window)), options);
  await confirmNoCosts(fetchPage, reading.unreported, options);
  return { ...withoutForeign(dayWindow(reading), window), organization_id: window.organization_id ?? '' };
}

/**
 * Throws `incomplete_window` where a day without a bucket has money in its ungrouped total. OpenAI documents an empty
 * bucket for a day without costs, but a server may leave it out; without this check such a day could lose its money.
 */
async function confirmNoCosts(fetchPage: FetchPage, unreported: Day[], options: RequestOptions): Promise<void> {
  const first = unreported[0];
  const last = unreported.at(-1);
  if (first === undefined || last === undefined) return;
  const totals = await readTotals(fetchPage, { from: first, to: addDays(last, 1) }, options);
  const billed = totals.filter(({ day, amount }) => amount !== '0' && unreported.includes(day));
  if (billed.length > 0) {
    throw new ProviderError('incomplete_window', { endpoint: COSTS.endpoint, detail: `${billed.length} days` });
  }
}
