import { z } from 'zod';
import type { Budget } from '#domain/budgets/budget.ts';
import type { Spend } from '#domain/budgets/evaluate-budget.ts';
import { addDays, type Day, type DayRange, earlierDay } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { freshnessSteps, WITH_NAMES } from '../coverage/freshness-steps.ts';
import { coverage, toFreshness } from '../coverage/to-freshness.ts';
import { DAYS, readDailyTotals } from '../summary/daily-totals.ts';

const row = coverage.extend({ amount: z.string() });

/**
 * What a period has cost of a budget, and the days that a forecast is made of; none for a period that is over. Days are
 * missing where an integration lacks them that may get them yet, and that has costs which the budget counts.
 */
export async function readSpend(
  warehouse: Warehouse,
  tenantId: string,
  { budget, period, today }: { budget: Pick<Budget, 'filters' | 'currency'>; period: DayRange; today: Day },
): Promise<Spend> {
  const tomorrow = addDays(today, 1);
  const integration_id = await concernedIntegrations(warehouse, tenantId, budget.filters, tomorrow);
  const filters: Filters = {
    ...budget.filters,
    ...(integration_id && { integration_id }),
    currency: [budget.currency],
  };
  const soFar = { from: period.from, to: earlierDay(period.to, tomorrow) };
  const isOver = period.to <= today;
  const [[spent], days] = await Promise.all([
    warehouse.query({
      name: 'budget spend',
      sql: withSteps(
        {
          facts: selectFacts(costFacts, ['amount'], filters),
          spent: sql`
            SELECT sum(amount) AS amount
            FROM facts`,
          ...freshnessSteps({
            table: 'cost_days',
            hasIntegrations: Boolean(filters.integration_id),
            hasDatasets: false,
            compare: false,
          }),
        },
        sql`
          SELECT amount, due, reads
          FROM spent
          CROSS JOIN due
          CROSS JOIN reads
          ${WITH_NAMES}`,
      ),
      params: factParameters(tenantId, soFar, filters),
      row,
    }),
    isOver ? [] : readDailyTotals(warehouse, tenantId, { to: tomorrow, filters }),
  ]);
  if (!spent) throw new Error('ClickHouse returned no row for the spend of a budget, which has exactly one.');
  const due = spent.due.filter(({ status }) => status !== 'disconnected');
  const { missing_days } = toFreshness({ due, reads: spent.reads }, soFar);
  return { amount: spent.amount, missing_days, days };
}

/** The integrations with costs of the past year that filters select; undefined where all count. */
async function concernedIntegrations(warehouse: Warehouse, tenantId: string, filters: Filters, to: Day) {
  if (filters.integration_id || Object.keys(filters).length === 0) return filters.integration_id;
  const found = await warehouse.query({
    name: 'budget integrations',
    sql: sql`
      SELECT DISTINCT integration_id
      FROM (
        ${selectFacts(costFacts, [], filters)}
      )
      ORDER BY integration_id`,
    params: factParameters(tenantId, { from: addDays(to, -DAYS), to }, filters),
    row: z.object({ integration_id: z.string() }),
  });
  return found.length === 0 ? undefined : found.map((each) => each.integration_id);
}
