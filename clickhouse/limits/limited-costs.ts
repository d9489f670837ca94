import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import type { DailyTotal } from '#domain/forecast/outlook.ts';
import { factParameters } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { expectedDays, openCoverage } from '../coverage/expected-days.ts';
import { WITH_NAMES } from '../coverage/freshness-steps.ts';
import { DAYS, toDailyTotals, yearOfReads } from '../summary/daily-totals.ts';
import { connectedFacts, recurringSteps } from '../summary/recurring-costs.ts';

/** What a limit is of: a project or, where that is '', the whole organization. */
export type LimitScope = { integration_id: string; project_id: string; currency: string };

const row = openCoverage.extend({
  costs: z.array(
    z.object({
      ...{ integration_id: z.string(), currency: z.string(), scope_id: z.string() },
      days: z.array(z.object({ day: z.string(), recurring: z.string() })),
    }),
  ),
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
  const range = { from: addDays(to, -DAYS), to };
  const [found] = await warehouse.query({
    name: 'limited costs',
    sql: limitedCostsSql(filters),
    params: factParameters(tenantId, range, filters),
    row,
  });
  if (!found) throw new Error('ClickHouse returned no row for limited costs. An aggregate without groups has one.');
  const { due, reads } = found;
  const nameOf = (...parts: string[]) => JSON.stringify(parts);
  const costs = new Map(
    found.costs.map((each) => [nameOf(each.integration_id, each.scope_id, each.currency), each.days]),
  );
  const expected = new Map(due.map((each) => [each.integration_id, expectedDays({ due: [each], reads }, range)]));
  return ({ integration_id, project_id, currency }) =>
    toDailyTotals(expected.get(integration_id) ?? [], costs.get(nameOf(integration_id, project_id, currency)) ?? []);
}

function limitedCostsSql(filters: { integration_id: readonly string[] }): string {
  const steps = {
    ...yearOfReads(filters),
    facts: connectedFacts(filters, ['project_id']),
    // Each fact counts for its project and for the whole.
    facts_of_scopes: sql`
      SELECT *, scope_id
      FROM facts
      ARRAY JOIN arrayDistinct(['', project_id]) AS scope_id`,
    ...recurringSteps('facts_of_scopes', { by: ['integration_id', 'currency', 'scope_id'] }),
    costs_of_scopes: sql`
      SELECT integration_id, currency, scope_id, groupArray(tuple(day, recurring)) AS days
      FROM costs_of_days
      GROUP BY integration_id, currency, scope_id`,
    costs: sql`
      SELECT groupArray(tuple(integration_id, currency, scope_id, days)) AS costs
      FROM costs_of_scopes`,
  };
  return withSteps(
    steps,
    sql`
      SELECT due, reads, costs
      FROM due
      CROSS JOIN reads
      CROSS JOIN costs
      ${WITH_NAMES}`,
  );
}
