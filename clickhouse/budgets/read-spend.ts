import { z } from 'zod';
import type { Budget } from '#domain/budgets/budget.ts';
import type { Spend } from '#domain/budgets/evaluate-budget.ts';
import { addDays, type Day, type DayRange, earlierDay } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { freshnessSteps } from '../coverage/freshness-steps.ts';
import { readDailyTotals } from '../summary/daily-totals.ts';

const row = z.object({ amount: z.string(), missing_days: z.array(z.string()) });

/** What a period has cost of a budget, and the days that a forecast is made of; none for a period that is over. */
export async function readSpend(
  warehouse: Warehouse,
  tenantId: string,
  { budget, period, today }: { budget: Pick<Budget, 'filters' | 'currency'>; period: DayRange; today: Day },
): Promise<Spend> {
  const filters: Filters = { ...budget.filters, currency: [budget.currency] };
  const tomorrow = addDays(today, 1);
  const soFar = { from: period.from, to: earlierDay(period.to, tomorrow) };
  const isOver = period.to <= today;
  const [[spent], days] = await Promise.all([
    warehouse.query({
      name: 'budget spend',
      sql: withSteps(
        {
          facts: selectFacts(costFacts, ['amount'], filters),
          ...freshnessSteps({
            table: 'cost_days',
            hasIntegrations: Boolean(filters.integration_id),
            hasDatasets: false,
            compare: false,
          }),
        },
        sql`
          SELECT (SELECT sum(amount) FROM facts) AS amount, missing_days
          FROM freshness`,
      ),
      params: factParameters(tenantId, soFar, filters),
      row,
    }),
    isOver ? [] : readDailyTotals(warehouse, tenantId, { to: tomorrow, filters }),
  ]);
  if (!spent) throw new Error('ClickHouse returned no row for the spend of a budget, which has exactly one.');
  return { ...spent, days };
}
