import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { WITH_NAMES } from '../coverage/freshness-steps.ts';
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

type Ranges = { previous: DayRange; current: DayRange };

/** The five projects and the five models whose costs changed most from one range to a later one, largest change first. */
export async function readTopMovers(
  warehouse: Warehouse,
  tenantId: string,
  { filters, ...ranges }: Ranges & { filters: Filters },
): Promise<Mover[]> {
  const [found] = await warehouse.query({
    name: 'top movers',
    sql: withSteps(
      moverSteps(filters),
      sql`
        SELECT top_movers
        FROM top_movers
        ${WITH_NAMES}`,
    ),
    params: {
      ...factParameters(tenantId, { from: ranges.previous.from, to: ranges.current.to }, filters),
      ...moverParameters(ranges),
    },
    row: z.object({ top_movers: z.array(mover) }),
  });
  return found?.top_movers ?? [];
}

export const moverParameters = ({ previous, current }: Ranges) => ({
  previous_from: previous.from,
  previous_to: previous.to,
  current_from: current.from,
  current_to: current.to,
});

const IS_CURRENT = 'day >= {current_from: Date} AND day < {current_to: Date}';
const IS_PREVIOUS = 'day >= {previous_from: Date} AND day < {previous_to: Date}';

/**
 * SQL steps whose last one, `top_movers`, has one row and one column; the statement needs WITH_NAMES. One read for both
 * dimensions: a read of each one's groups, which are stored beside the facts, took half as much CPU again.
 */
export const moverSteps = (filters: Filters) => ({
  moving_facts: selectFacts(costFacts, ['amount', 'project_id', 'project_name', 'model'], filters, {
    from: '{previous_from: Date}',
    conditions: [`(${IS_CURRENT} OR ${IS_PREVIOUS})`],
  }),
  movers: sql`
    SELECT
      if(grouping(project_id) = 0, 'project_id', 'model') AS dimension,
      if(dimension = 'model', toString(model), toString(project_id)) AS value,
      toString(argMaxIf(project_name, day, project_name != '')) AS billed_name,
      sumIf(amount, ${IS_CURRENT}) AS current_amount,
      sumIf(amount, ${IS_PREVIOUS}) AS previous_amount,
      current_amount - previous_amount AS change
    FROM moving_facts
    GROUP BY GROUPING SETS ((project_id), (model))
    HAVING change != 0
    ORDER BY dimension DESC, abs(change) DESC, value
    LIMIT ${String(MOVERS_PER_DIMENSION)} BY dimension`,
  project_names: listedNames('project'),
  named_movers: sql`
    SELECT
      dimension,
      value,
      multiIf(
        dimension = 'model', value,
        project_names.name != '', project_names.name,
        billed_name != '', billed_name,
        value) AS name,
      current_amount AS amount,
      previous_amount,
      change
    FROM movers
    LEFT JOIN project_names ON project_names.id = movers.value`,
  top_movers: sql`
    SELECT
      arraySort(
        mover -> (mover.1 = 'model', -abs(mover.6), mover.2),
        groupArray(tuple(dimension, value, name, amount, previous_amount, change))
      ) AS top_movers
    FROM named_movers`,
});
