import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import type { DailyTotal } from '#domain/forecast/outlook.ts';
import { factParameters } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { DAYS, readDays, recurringSteps, selectConnected } from '../summary/daily-totals.ts';

/** What a limit is of: a project or, where that is '', the whole organization. */
export type LimitScope = { integration_id: string; project_id: string; currency: string };

const row = z.object({
  integration_id: z.string(),
  day: z.string(),
  complete: z.boolean(),
  costs: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

/**
 * The daily totals of every limit's organization or project in the year before `to`, as readDailyTotals has them; of all
 * by one statement, since each project may have limits.
 */
export async function readLimitedCosts(
  warehouse: Warehouse,
  tenantId: string,
  { to, integrations }: { to: Day; integrations: readonly string[] },
): Promise<(scope: LimitScope) => DailyTotal[]> {
  const filters = { integration_id: integrations };
  const rows = await warehouse.query({
    name: 'limited costs',
    sql: limitedCostsSql(filters),
    params: factParameters(tenantId, { from: addDays(to, -DAYS), to }, filters),
    row,
  });
  const nameOf = (...parts: string[]) => JSON.stringify(parts);
  const amounts = new Map(
    rows.flatMap(({ integration_id, day, costs }) =>
      costs.map(([project_id, currency, amount]) => [nameOf(integration_id, project_id, currency, day), amount]),
    ),
  );
  const days = Map.groupBy(rows, ({ integration_id }) => integration_id);
  return ({ integration_id, project_id, currency }) =>
    (days.get(integration_id) ?? []).map(({ day, complete }) => {
      return { day, complete, amount: amounts.get(nameOf(integration_id, project_id, currency, day)) ?? '0' };
    });
}

function limitedCostsSql(filters: { integration_id: readonly string[] }): string {
  const scope = ['integration_id', 'currency', 'scope_id'];
  const steps = {
    ...readDays(filters, ['integration_id']),
    facts: selectConnected(filters, ['project_id']),
    // Each fact counts for its project and for the whole.
    facts_of_scopes: sql`
      SELECT *, scope_id
      FROM facts
      ARRAY JOIN arrayDistinct(['', project_id]) AS scope_id`,
    ...recurringSteps('facts_of_scopes', scope),
    costs: sql`
      SELECT integration_id, day, groupArray((scope_id, currency, amount)) AS costs
      FROM costs_of_days
      GROUP BY integration_id, day`,
  };
  return withSteps(
    steps,
    sql`
      SELECT integration_id, day, toBool(complete) AS complete, costs
      FROM days
      LEFT JOIN costs USING (integration_id, day)
      ORDER BY integration_id, day`,
  );
}
