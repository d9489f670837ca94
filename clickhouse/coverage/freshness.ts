import { z } from 'zod';
import { previousRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { DUE_TO } from './coverage.ts';
import { dayEnd } from './day-end.ts';

/** Half-open UTC days; of all integrations where none is named; of usage that was ever read where no dataset is. */
type FreshnessQuestion = {
  from: string;
  to: string;
  integrations?: readonly string[] | undefined;
  datasets?: readonly string[] | undefined;
  /** The range is compared with the one from its end to this day: so days before a history are missing too, if it has any of that. */
  comparedTo?: string;
};

const MEANT = '(empty({integrations: Array(String)}) OR has({integrations: Array(String)}, integration_id))';

/** Before any history. */
const NEVER = '1970-01-01';

/**
 * How far a tenant's data can be trusted: the newest day that was read after it ended, of every integration and dataset
 * that is meant (null where there is none), and the days of [from, to) that one of them should have and has not.
 * Of an integration that was disconnected nothing newer is to come, so it holds up no newest day; but a day that was
 * never read of its history is missing in every sum.
 */
export async function readFreshness(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations = [], datasets = [], comparedTo = NEVER }: FreshnessQuestion,
): Promise<{ synced_through: string | null; missing_days: string[] }> {
  const [row] = await warehouse.query({
    name: 'freshness',
    sql: `SELECT
            nullIf(if(countIf(is_connected) > 0, minIf(read.through, is_connected), min(read.through)), toDate(0)) AS synced_through,
            arraySort(groupUniqArrayArray(arrayFilter(
              day -> NOT has(read.days, day),
              arrayMap(
                offset -> first_day + offset,
                range(toUInt64(greatest(0, dateDiff('day', first_day, least(greatest(due_to, read.read_to), {to: Date})))))
              )))) AS missing_days
          FROM (
            SELECT is_connected, first_day, due_to,
              arrayJoin(multiIf(
                notEmpty({datasets: Array(String)}), {datasets: Array(String)}, notEmpty(reads), reads.dataset, [''])) AS dataset,
              reads[indexOf(reads.dataset, dataset)] AS read
            FROM (
              SELECT integration_id, status != 'disconnected' AS is_connected, ${DUE_TO},
                if(history_from < {compared_to: Date}, {from: Date}, greatest(history_from, {from: Date})) AS first_day
              FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String} AND ${MEANT}) AS due
            LEFT JOIN (
              SELECT integration_id,
                groupArray((dataset, through, read_to, days)::Tuple(dataset String, through Date, read_to Date, days Array(Date))) AS reads
              FROM (
                SELECT integration_id, dataset, maxIf(day, version >= ${dayEnd('day')}) AS through,
                  max(day) + 1 AS read_to, groupArrayIf(day, day >= {from: Date} AND day < {to: Date}) AS days
                FROM day_reads FINAL
                WHERE tenant_id = {tenant_id: String} AND ${MEANT}
                  AND if(empty({datasets: Array(String)}), dataset != 'costs', has({datasets: Array(String)}, dataset))
                GROUP BY integration_id, dataset)
              GROUP BY integration_id) AS seen USING (integration_id))`,
    params: { tenant_id: tenantId, from, to, integrations, datasets, compared_to: comparedTo },
    row: z.object({ synced_through: z.string().nullable(), missing_days: z.array(z.string()) }),
  });
  return row ?? { synced_through: null, missing_days: [] };
}

/** The days that are missing of the range before, with which [from, to) is compared; of what has any of the latter. */
export async function readMissingBefore(
  warehouse: Warehouse,
  tenantId: string,
  question: Omit<FreshnessQuestion, 'comparedTo'>,
): Promise<string[]> {
  const before = { ...question, ...previousRange(question), comparedTo: question.to };
  return (await readFreshness(warehouse, tenantId, before)).missing_days;
}
