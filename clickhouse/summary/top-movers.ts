import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, filteredFacts } from '../aggregates/filtered-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { listedNames } from '../writes/names.ts';

const MOST = 5;

export const mover = z.object({
  dimension: z.enum(['project_id', 'model']),
  value: z.string().meta({ description: 'Empty where costs are not attributed' }),
  name: z.string().meta({ description: 'The project’s name, its id where none is known; the model itself' }),
  amount: z.string(),
  previous_amount: z.string(),
  change: z.string(),
});
export type Mover = z.infer<typeof mover>;

/** The projects and the models whose costs changed most from one range to a later one: five each, most first. */
export function readTopMovers(
  warehouse: Warehouse,
  tenantId: string,
  { previous, current, filters }: { previous: DayRange; current: DayRange; filters: Filters },
): Promise<Mover[]> {
  return warehouse.query({
    name: 'top movers',
    sql: `SELECT dimension, value,
            multiIf(dimension = 'model', value, listed.name != '', listed.name, billed_name != '', billed_name, value) AS name,
            amount_now AS amount, amount_before AS previous_amount, change
          FROM (
            SELECT
              if(grouping(model) = 0, 'model', 'project_id') AS dimension,
              toString(if(dimension = 'model', model, project_id)) AS value,
              toString(argMax(project_name, day)) AS billed_name,
              sumIf(amount, day >= {current_from: Date}) AS amount_now,
              sumIf(amount, day < {previous_to: Date}) AS amount_before,
              amount_now - amount_before AS change
            FROM ${filteredFacts(costFacts, ['amount', 'project_id', 'project_name', 'model'], filters)}
              AND (day >= {current_from: Date} OR day < {previous_to: Date})
            GROUP BY GROUPING SETS ((project_id), (model))
            HAVING change != 0
            ORDER BY abs(change) DESC, value
            LIMIT ${MOST} BY dimension) AS moved
          LEFT JOIN (${listedNames('project')}) AS listed ON listed.id = moved.value
          ORDER BY dimension DESC, abs(change) DESC, value`,
    params: {
      ...factParameters(tenantId, { from: previous.from, to: current.to }, filters),
      current_from: current.from,
      previous_to: previous.to,
    },
    row: mover,
  });
}
