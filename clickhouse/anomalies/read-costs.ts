import { z } from 'zod';
import type { Costs } from '#domain/anomalies/find-anomalies.ts';
import { type CostSubject, SUBJECT_DIMENSIONS } from '#domain/anomalies/series.ts';
import { CAUSE_DIMENSIONS } from '#domain/causes/cost-change.ts';
import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { endOfDay } from '../coverage/day-sql.ts';
import { oneOffs, RECURRING } from './one-offs.ts';

/** An organization with more has them at every level; the largest tell. */
const MAX_SERIES = 2000;

const row = z.object({
  days: z.array(z.string()),
  series: z.array(
    z.object({
      dimension: z.enum(SUBJECT_DIMENSIONS),
      value: z.string(),
      currency: z.string(),
      amounts: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});

/**
 * The recurring costs of an integration by day, as a whole and of each project, API key, model and line item that ever
 * cost the minimum on a day or in a week; and of what was told, whatever it costs by now.
 */
export async function readCostSeries(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  { range, minimum, told }: { range: DayRange; minimum: string; told: readonly { subject: CostSubject }[] },
): Promise<Costs> {
  const filters = { integration_id: [integration_id] };
  const [found] = await warehouse.query({
    name: 'cost series',
    sql: COST_SERIES,
    params: {
      ...factParameters(tenant_id, range, filters),
      ...{ integration_id, minimum },
      told_dimensions: told.map(({ subject }) => subject.dimension),
      told_values: told.map(({ subject }) => subject.value),
      told_currencies: told.map(({ subject }) => subject.currency),
    },
    row,
  });
  const { days = [], series = [] } = found ?? {};
  return {
    complete: new Set(days),
    series: series.map(({ amounts, ...subject }) => ({ ...subject, amounts: new Map(amounts) })),
  };
}

const FILTERS = { integration_id: [''] };

const COST_SERIES = withSteps(
  {
    one_offs: oneOffs(FILTERS),
    facts: selectFacts(costFacts, ['amount', 'currency', ...CAUSE_DIMENSIONS, 'quantity'], FILTERS),
    sums: sql`
      SELECT
        day,
        currency,
        [${SUBJECT_DIMENSIONS.map((name) => `'${name}'`).join(', ')}][indexOf([${[
          ...CAUSE_DIMENSIONS.map((name) => `grouping(${name})`),
          '0', // none of these: of the organization
        ].join(', ')}], 0)] AS dimension,
        concat(${CAUSE_DIMENSIONS.map((name) => `toString(${name})`).join(', ')}) AS value,
        sum(amount) AS day_amount
      FROM facts
      WHERE amount > 0 AND ${RECURRING}
      GROUP BY GROUPING SETS ((day, currency), ${CAUSE_DIMENSIONS.map((name) => `(day, currency, ${name})`).join(', ')})`,
    series: sql`
      SELECT
        dimension, value, currency,
        groupArray((day, toString(day_amount))) AS amounts,
        has(
          arrayZip({told_dimensions: Array(String)}, {told_values: Array(String)}, {told_currencies: Array(String)}),
          (dimension, value, toString(currency))
        ) AS is_told
      FROM sums
      WHERE value != '' OR dimension = 'organization'
      GROUP BY dimension, value, currency
      HAVING is_told OR max(day_amount) * 7 >= {minimum: Decimal(38, 18)}
      ORDER BY is_told DESC, max(day_amount) DESC
      LIMIT ${String(MAX_SERIES)}`,
    all_series: sql`
      SELECT groupArray(tuple(dimension, value, currency, amounts)
        ::Tuple(dimension String, value String, currency String, amounts Array(Tuple(Date, String)))) AS series
      FROM series`,
    complete_days: sql`
      SELECT groupArray(day) AS days
      FROM day_reads FINAL
      WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND dataset = 'costs'
        AND version >= ${endOfDay('day')} AND day >= {from: Date} AND day < {to: Date}`,
  },
  sql`
    SELECT days, series
    FROM complete_days
    CROSS JOIN all_series`,
);
