import { z } from 'zod';
import type { Warehouse } from './client.ts';
import { type CostFilters, type DayRange, factParameters, filteredFacts } from './filtered-facts.ts';
import { listedNames } from './names.ts';

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
  { previous, current, filters }: { previous: DayRange; current: DayRange; filters: CostFilters },
): Promise<Mover[]> {
  const source = { billed: 'amount', project: 'project_id', name_then: 'project_name', model: 'model' };
  return warehouse.query({
    name: 'top movers',
    sql: `SELECT dimension, value,
            multiIf(dimension = 'model', value, listed.name != '', listed.name, billed_name != '', billed_name, value) AS name,
            amount, previous_amount, change
          FROM (
            SELECT
              if(grouping(model) = 0, 'model', 'project_id') AS dimension,
              toString(if(dimension = 'model', model, project)) AS value,
              toString(argMax(name_then, day)) AS billed_name,
              sumIf(billed, day >= {current_from: Date}) AS amount,
              sumIf(billed, day < {previous_to: Date}) AS previous_amount,
              amount - previous_amount AS change
            FROM ${filteredFacts(source, filters)}
              AND (day >= {current_from: Date} OR day < {previous_to: Date})
            GROUP BY GROUPING SETS ((project), (model))
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
