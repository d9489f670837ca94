import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { listedNames } from '../names/listed-names.ts';

const MOVERS_PER_DIMENSION = 5;

export const mover = z
  .object({
    dimension: z.enum(['project_id', 'model']),
    value: z.string().meta({ description: 'Empty where costs are not attributed' }),
    name: z.string().meta({ description: 'The project’s name, or its id if it has none; the model itself' }),
    amount: z.string(),
    previous_amount: z.string(),
    change: z.string(),
  })
  .meta({ id: 'Mover' });
export type Mover = z.infer<typeof mover>;

/** The five projects and the five models whose costs changed most from one range to a later one, largest change first. */
export function readTopMovers(
  warehouse: Warehouse,
  tenantId: string,
  { previous, current, filters }: { previous: DayRange; current: DayRange; filters: Filters },
): Promise<Mover[]> {
  return warehouse.query({
    name: 'top movers',
    sql: topMoversSql(filters),
    params: {
      ...factParameters(tenantId, { from: previous.from, to: current.to }, filters),
      current_from: current.from,
      previous_to: previous.to,
    },
    row: mover,
  });
}

function topMoversSql(filters: Filters): string {
  const ranges = { conditions: ['(day >= {current_from: Date} OR day < {previous_to: Date})'] };
  const steps = {
    projects: selectFacts(costFacts, ['amount', 'project_id', 'project_name'], filters, ranges),
    models: selectFacts(costFacts, ['amount', 'model'], filters, ranges),
    movers: sql`
      ${moversOf('project_id', 'projects', `argMaxIf(project_name, day, project_name != '')`)}
      UNION ALL
      ${moversOf('model', 'models', `''`)}`,
    project_names: listedNames('project'),
  };
  const name = `multiIf(
    dimension = 'model', value,
    project_names.name != '', project_names.name,
    billed_name != '', billed_name,
    value)`;
  return withSteps(
    steps,
    sql`
      SELECT dimension, value, ${name} AS name, current_amount AS amount, previous_amount, change
      FROM movers
      LEFT JOIN project_names ON project_names.id = movers.value
      ORDER BY dimension DESC, abs(change) DESC, value`,
  );
}

const moversOf = (dimension: string, facts: string, name: string) => sql`
  SELECT
    '${dimension}' AS dimension,
    toString(${dimension}) AS value,
    toString(${name}) AS billed_name,
    sumIf(amount, day >= {current_from: Date}) AS current_amount,
    sumIf(amount, day < {previous_to: Date}) AS previous_amount,
    current_amount - previous_amount AS change
  FROM ${facts}
  GROUP BY ${dimension}
  HAVING change != 0
  ORDER BY abs(change) DESC, value
  LIMIT ${String(MOVERS_PER_DIMENSION)}`;
