import { type Day, daysOf } from '#domain/day.ts';
import { subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import type { RequestOptions } from '../../http/get.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import { windowQuery } from '../../reports/query/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, costPageDays } from '../../reports/window.ts';
import type { CostFact } from './cost-row.ts';
import { COSTS } from './cost-source.ts';
import { type CostsQuery, type ForeignCosts, isForeign } from './foreign.ts';

/** OpenAI's own total of a day: canonical, and as it was sent ('' for a day without a row). */
export type DayTotal = { day: Day; amount: string; provider_amount: string; currency: string };

/** A window of costs that were read: totals leave out what is `foreign` to it. */
export type TotalsQuery = CostsQuery & { foreign?: readonly ForeignCosts[] };

/**
 * Reads a window ungrouped: one total for each day that OpenAI still reports, in order, '0' for a day without costs. A
 * day billed in two currencies has two, one whose total is out of range none. Throws ProviderError; RangeError where the
 * window itself is wrong.
 */
export async function readTotals(
  fetchPage: FetchPage,
  window: TotalsQuery,
  options: RequestOptions,
): Promise<DayTotal[]> {
  checkWindow(window);
  const { query, days } = await readWindow(fetchPage, windowQuery(COSTS, window, [], costPageDays(window)), options);
  return daysOf(query).flatMap((day) => {
    const { facts, problem } = days.get(day) ?? { facts: [] };
    return problem ? [] : totalsOf(day, facts, window);
  });
}

function totalsOf(day: Day, all: CostFact[], window: TotalsQuery): DayTotal[] {
  const facts = all.filter((fact) => !isForeign(fact, window));
  if (facts.length === 0) return [{ day, amount: '0', provider_amount: '', currency: 'usd' }];
  // A total that names no organization is that of all organizations in the response.
  const isOfAll = facts.every(({ organization_id }) => organization_id === '');
  const foreign = isOfAll ? (window.foreign ?? []).filter((costs) => costs.day === day) : [];
  const byCurrency = Map.groupBy(facts, ({ currency }) => currency);
  return [...byCurrency].map(([currency, rows]) => {
    const others = foreign.filter((costs) => costs.currency === currency).map(({ amount }) => amount);
    return {
      day,
      amount: subtractDecimals(sumDecimals(rows.map(({ amount }) => amount)), sumDecimals(others)),
      provider_amount: [rows.map(({ amount_verbatim }) => amount_verbatim).join(' + '), ...others].join(' - '),
      currency,
    };
  });
}
