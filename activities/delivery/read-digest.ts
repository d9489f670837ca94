import { sumCosts } from '#clickhouse/aggregates/costs.ts';
import { listBudgets } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import { reconcile } from '#clickhouse/coverage/reconcile.ts';
import { readTopMovers } from '#clickhouse/summary/top-movers.ts';
import { periodAround } from '#domain/budgets/budget.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import type { DigestPeriod } from '#domain/channels/digest.ts';
import type { DigestFacts } from '#domain/channels/digest-message.ts';
import { type Day, type DayRange, monthOf, today } from '#domain/day.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';

/** What a digest tells, as it is now. */
export async function readDigest(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, previous }: DigestPeriod,
): Promise<DigestFacts> {
  const now = today();
  const current = await sumByCurrency(warehouse, tenantId, { from, to });
  const before = await sumByCurrency(warehouse, tenantId, previous);
  const currency = current[0]?.currency ?? 'usd';
  const filters = { currency: [currency] };
  const { missing_days } = await readFreshness(warehouse, tenantId, { from, to });
  const { differing_days } = await reconcile(warehouse, tenantId, { from, to });
  return {
    totals: current.map((total) => ({
      ...total,
      previous_amount: before.find((each) => each.currency === total.currency)?.amount ?? '0',
    })),
    movers: await readTopMovers(warehouse, tenantId, { previous, current: { from, to }, filters }),
    forecast: await readForecast(warehouse, tenantId, { currency, now }),
    budgets: await readBudgets(warehouse, tenantId, now),
    missing_days,
    differing_days,
  };
}

/** The costs of a range by currency, highest first. */
async function sumByCurrency(warehouse: Warehouse, tenantId: string, range: DayRange) {
  const order = { by: 'amount', descending: true };
  const question = { ...range, granularity: 'total', group_by: ['currency'], filters: {}, order, limit: 10 } as const;
  const { data } = await sumCosts(warehouse, tenantId, { ...question, compare: false });
  return data.map(({ currency = '', amount }) => ({ currency, amount }));
}

async function readForecast(warehouse: Warehouse, tenantId: string, { currency, now }: { currency: string; now: Day }) {
  const period = monthOf(now);
  const spend = await readSpend(warehouse, tenantId, { budget: { filters: {}, currency }, period, today: now });
  if (spend.missing_days.length > 0) return null;
  const forecast = forecastMonthEnd({ today: now, monthToDate: spend.amount, days: spend.days });
  return forecast && { ...period, amount: forecast.amount, low: forecast.low, high: forecast.high };
}

async function readBudgets(warehouse: Warehouse, tenantId: string, now: Day): Promise<DigestFacts['budgets']> {
  const budgets: DigestFacts['budgets'] = [];
  for (const budget of await listBudgets(warehouse, tenantId)) {
    const on = { today: now, period: periodAround(now, budget.period) };
    const { state, spent_percent } = evaluateBudget(budget, {
      ...on,
      spend: await readSpend(warehouse, tenantId, { budget, ...on }),
    });
    budgets.push({ name: budget.name, state, amount: budget.amount, currency: budget.currency, spent_percent });
  }
  return budgets;
}
