import { z } from 'zod';
import { type Day, type DayRange, previousRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { DUE_TO, endOfDay } from './day-sql.ts';

/** The half-open UTC days [from, to) of some data. */
type FreshnessQuestion = DayRange & {
  /** All of the tenant's by default. */
  integrations?: readonly string[] | undefined;
  /** By default the usage datasets that were ever read. */
  datasets?: readonly string[] | undefined;
  /**
   * Set if another range is compared with this one: the day on which that range ends. An integration with history
   * before that day is then expected to have all days of this range, also those before its history.
   */
  comparedTo?: Day;
};

const INTEGRATION_FILTER =
  '(empty({integrations: Array(String)}) OR has({integrations: Array(String)}, integration_id))';

/** Before any history. */
const EPOCH = '1970-01-01';

const FRESHNESS_SQL = withSteps(
  {
    due: sql`
      SELECT
        integration_id,
        status != 'disconnected' AS is_connected,
        if(history_from < {compared_to: Date}, {from: Date}, greatest(history_from, {from: Date})) AS first_day,
        ${DUE_TO}
      FROM integration_records FINAL
      WHERE tenant_id = {tenant_id: String} AND ${INTEGRATION_FILTER}`,
    read_datasets: sql`
      SELECT
        integration_id,
        dataset,
        maxIf(day, version >= ${endOfDay('day')}) AS through,
        max(day) + 1 AS read_to,
        groupArrayIf(day, day >= {from: Date} AND day < {to: Date}) AS days
      FROM day_reads FINAL
      WHERE tenant_id = {tenant_id: String} AND ${INTEGRATION_FILTER}
        AND if(empty({datasets: Array(String)}), dataset != 'costs', has({datasets: Array(String)}, dataset))
      GROUP BY integration_id, dataset`,
    read_integrations: sql`
      SELECT
        integration_id,
        groupArray(
          (dataset, through, read_to, days)::Tuple(dataset String, through Date, read_to Date, days Array(Date))
        ) AS reads
      FROM read_datasets
      GROUP BY integration_id`,
    // A row per integration and dataset, even if the dataset was never read.
    due_datasets: sql`
      SELECT
        is_connected,
        first_day,
        due_to,
        arrayJoin(multiIf(
          notEmpty({datasets: Array(String)}), {datasets: Array(String)},
          notEmpty(reads), reads.dataset,
          ['']
        )) AS dataset,
        reads[indexOf(reads.dataset, dataset)] AS read
      FROM due
      LEFT JOIN read_integrations USING (integration_id)`,
    datasets: sql`
      SELECT
        is_connected,
        read.through AS through,
        read.days AS days,
        least(greatest(due_to, read.read_to), {to: Date}) AS end,
        arrayMap(offset -> first_day + offset, range(toUInt64(greatest(0, dateDiff('day', first_day, end))))) AS due_days
      FROM due_datasets`,
  },
  sql`
    SELECT
      nullIf(if(countIf(is_connected) > 0, minIf(through, is_connected), min(through)), toDate(0)) AS synced_through,
      arraySort(groupUniqArrayArray(arrayFilter(day -> NOT has(days, day), due_days))) AS missing_days
    FROM datasets`,
);

/**
 * How far a tenant's data can be trusted. `synced_through` is the newest day that every selected integration and dataset
 * has read after its end, null if there is none. `missing_days` are days that at least one of them should have and does
 * not. Disconnected ones do not hold back `synced_through`, but the missing days of their history are reported.
 */
export async function readFreshness(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations = [], datasets = [], comparedTo = EPOCH }: FreshnessQuestion,
): Promise<{ synced_through: string | null; missing_days: string[] }> {
  const [row] = await warehouse.query({
    name: 'freshness',
    sql: FRESHNESS_SQL,
    params: { tenant_id: tenantId, from, to, integrations, datasets, compared_to: comparedTo },
    row: z.object({ synced_through: z.string().nullable(), missing_days: z.array(z.string()) }),
  });
  return row ?? { synced_through: null, missing_days: [] };
}

/** The missing days of the previous range, for integrations that have history in [from, to). */
export async function readMissingBefore(
  warehouse: Warehouse,
  tenantId: string,
  question: Omit<FreshnessQuestion, 'comparedTo'>,
): Promise<string[]> {
  const previous = { ...question, ...previousRange(question), comparedTo: question.to };
  return (await readFreshness(warehouse, tenantId, previous)).missing_days;
}
