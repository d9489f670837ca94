import { type DayRange, daysOf } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import type { Credentials } from '../../http/get.ts';
import { windowQuery } from '../../reports/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, PAGE_DAYS } from '../../reports/window.ts';
import type { AskPage } from '../pages/fetch-page.ts';
import type { CostFact } from './cost-row.ts';
import { COSTS } from './cost-source.ts';

/** The provider's own total of a day, canonical and as sent ('' for a day without a row). */
export type DayTotal = { day: string; amount: string; provider_amount: string; currency: string };

/**
 * Reads a window ungrouped: one total for each day that the provider still reports, in order, '0' for a quiet one; a
 * day billed in two currencies would have two. Throws OpenAiError; RangeError where the window itself is wrong.
 */
export async function readTotals(askPage: AskPage, window: DayRange, credentials: Credentials): Promise<DayTotal[]> {
  checkWindow(window);
  const asked = windowQuery(COSTS, window, [], PAGE_DAYS);
  const { query, days } = await readWindow(askPage, asked, credentials);
  return daysOf(query).flatMap((day) => totalsOf(day, days.get(day) ?? []));
}

function totalsOf(day: string, facts: CostFact[]): DayTotal[] {
  if (facts.length === 0) return [{ day, amount: '0', provider_amount: '', currency: 'usd' }];
  const byCurrency = Map.groupBy(facts, ({ currency }) => currency);
  return [...byCurrency].map(([currency, rows]) => ({
    day,
    amount: sumDecimals(rows.map(({ amount }) => amount)),
    provider_amount: rows.map(({ provider_amount }) => provider_amount).join(' + '),
    currency,
  }));
}
