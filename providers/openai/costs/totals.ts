import { type Day, daysOf } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import type { RequestOptions } from '../../http/get.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import { windowQuery } from '../../reports/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, PAGE_DAYS } from '../../reports/window.ts';
import type { CostFact } from './cost-row.ts';
import { COSTS } from './cost-source.ts';
import type { CostsQuery, ForeignCosts } from './foreign.ts';

/** OpenAI's own total of a day: canonical, and as it was sent ('' for a day without a row). */
export type DayTotal = { day: Day; amount: string; provider_amount: string; currency: string };

/** A window of costs that were read: totals leave out what is `foreign` to it. */
export type TotalsQuery = CostsQuery & { foreign?: readonly ForeignCosts[] };

/**
 * Reads a window ungrouped: one total for each day that OpenAI still reports, in order, '0' for a day without costs. A
 * day billed in two currencies has two. Throws ProviderError; RangeError where the window itself is wrong.
 */
export async function readTotals(
  fetchPage: FetchPage,
  window: TotalsQuery,
  options: RequestOptions,
): Promise<DayTotal[]> {
  checkWindow(window);
  const { query, days } = await readWindow(fetchPage, windowQuery(COSTS, window, [], PAGE_DAYS), options);
  return daysOf(query).flatMap((day) => totalsOf(day, days.get(day) ?? []));
}

function totalsOf(day: Day, facts: CostFact[]): DayTotal[] {
  if (facts.length === 0) return [{ day, amount: '0', provider_amount: '', currency: 'usd' }];
  const byCurrency = Map.groupBy(facts, ({ currency }) => currency);
  return [...byCurrency].map(([currency, rows]) => ({
    day,
    amount: sumDecimals(rows.map(({ amount }) => amount)),
    provider_amount: rows.map(({ provider_amount }) => provider_amount).join(' + '),
    currency,
  }));
}
