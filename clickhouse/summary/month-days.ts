import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';

/** The costs of a day, exact decimal text. */
export const monthDay = z.object({ day: z.iso.date(), amount: z.string() }).meta({ id: 'CostsOfDay' });

/** The costs of each day of a range that has any, in order. */
export function readMonthDays(
  warehouse: Warehouse,
  tenantId: string,
  { range, filters }: { range: DayRange; filters: Filters },
): Promise<z.infer<typeof monthDay>[]> {
  return warehouse.query({
    name: 'month days',
    sql: withSteps(
      { facts: selectFacts(costFacts, ['amount'], filters) },
      sql`
        SELECT day, sum(amount) AS amount
        FROM facts
        GROUP BY day
        ORDER BY day`,
    ),
    params: factParameters(tenantId, range, filters),
    row: monthDay,
  });
}
