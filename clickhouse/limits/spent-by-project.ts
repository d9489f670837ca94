import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import type { LimitScope } from './limited-costs.ts';

const row = z.object({ integration_id: z.string(), project_id: z.string(), currency: z.string(), amount: z.string() });
type Spent = z.infer<typeof row>;

/** What each project of some integrations cost in a range, exact; '' is what belongs to no project. */
export function readSpentByProject(
  warehouse: Warehouse,
  tenantId: string,
  { range, integrations }: { range: DayRange; integrations: readonly string[] },
): Promise<Spent[]> {
  const filters = { integration_id: integrations };
  return warehouse.query({
    name: 'spent by project',
    sql: withSteps(
      { facts: selectFacts(costFacts, ['project_id', 'currency', 'amount'], filters) },
      sql`
        SELECT integration_id, project_id, currency, sum(amount) AS amount
        FROM facts
        GROUP BY integration_id, project_id, currency`,
    ),
    params: factParameters(tenantId, range, filters),
    row,
  });
}

/** What the organization or the project of a limit has spent. */
export function spentOf(spent: readonly Spent[], { integration_id, project_id, currency }: LimitScope): string {
  const own = spent.filter((each) => each.integration_id === integration_id && each.currency === currency);
  const counted = project_id === '' ? own : own.filter((each) => each.project_id === project_id);
  return sumDecimals(counted.map(({ amount }) => amount));
}
