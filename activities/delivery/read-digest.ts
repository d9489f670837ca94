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
import { addDays, type Day, type DayRange, daysOf, monthOf, today } from '#domain/day.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { explainSpend } from '../alerts/explain-spend.ts';

/** What a digest tells, as it is now. */
export async function readDigest(
  warehouse: Warehouse,
  tenantId: string,
  { digest, from, to, previous }: DigestPeriod,
): Promise<DigestFacts> {
  const now = today();
  const totals = await readTotals(warehouse, tenantId, { from, to, previous });
  const currency = totals[0]?.currency ?? 'usd';
  const filters = { currency: [currency] };
  const before = `the ${digest === 'weekly' ? 'week' : 'month'} before`;
  const compared = { range: { from, to }, previous, days: daysOf(previous), before };
  const { missing_days } = await readFreshness(warehouse, tenantId, { from, to });
  const { differing_days } = await reconcile(warehouse, tenantId, { from, to });
  return {
    totals,
    why: await explainSpend(warehouse, tenantId, { filters: {}, currency, ...compared }),
    movers: await readTopMovers(warehouse, tenantId, { previous, current: { from, to }, filters }),
    forecast: await readForecast(warehouse, tenantId, { currency, now }),
    budgets: await readBudgets(warehouse, tenantId, { now, last: addDays(to, -1) }),
    missing_days,
    differing_days,
  };
}

/** The costs of each currency that there are or were, highest first. */
async function readTotals(
  warehouse: Warehouse,
  tenantId: string,
  { previous, ...range }: DayRange & { previous: DayRange },
) {
  const current = await sumByCurrency(warehouse, tenantId, range);
  const before = await sumByCurrency(warehouse, tenantId, previous);
  return [...new Set([...current.keys(), ...before.keys()])].map((currency) => ({
    currency,
    amount: current.get(currency) ?? '0',
    previous_amount: before.get(currency) ?? '0',
  }));
}

/** The costs of a range by currency, highest first. */
async function sumByCurrency(warehouse: Warehouse, tenantId: string, range: DayRange) {
  const order = { by: 'amount', descending: true };
  const question = { ...range, granularity: 'total', group_by: ['currency'], filters: {}, order, limit: 10 } as const;
  const { data } = await sumCosts(warehouse, tenantId, { ...question, compare: false });
  return new Map(data.map(({ currency = '', amount }) => [currency, amount]));
}

async function readForecast(warehouse: Warehouse, tenantId: string, { currency, now }: { currency: string; now: Day }) {
  const period = monthOf(now);
  const spend = await readSpend(warehouse, tenantId, { budget: { filters: {}, currency }, period, today: now });
  if (spend.missing_days.length > 0) return null;
  const forecast = forecastMonthEnd({ today: now, monthToDate: spend.amount, days: spend.days });
  return forecast && { ...period, amount: forecast.amount, low: forecast.low, high: forecast.high };
}

/** The budgets as they stand in the period that the digest's last day is in. */
async function readBudgets(warehouse: Warehouse, tenantId: string, { now, last }: { now: Day; last: Day }) {
  const budgets: DigestFacts['budgets'] = [];
  for (const budget of await listBudgets(warehouse, tenantId)) {
    const period = periodAround(last, budget.period);
    const spend = await readSpend(warehouse, tenantId, { budget, period, today: now });
    const { state, spent_percent } = evaluateBudget(budget, { today: now, period, spend });
    const { name, amount, currency } = budget;
    budgets.push({ name, state, amount, currency, spent_percent, is_over: period.to <= now, ...period });
  }
  return budgets;
}
