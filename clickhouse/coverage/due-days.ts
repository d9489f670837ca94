import { z } from 'zod';
import type { Dataset } from '#domain/dataset.ts';
import { DAY_MS } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { endOfDay, TOLERANCE_SQL } from './day-sql.ts';

/**
 * The days of [from, to) that a sync has to read, by dataset and newest first. A day is due if it was never read, if its
 * last read began less than `rereadDays` after its end (OpenAI restates recent days), or if it does not add up to
 * OpenAI's own total. With `rereadDays` 0, a day that was read after its end is not read again.
 */
export async function daysToSync(
  warehouse: Warehouse,
  key: IntegrationKey,
  { datasets, from, to, rereadDays }: { datasets: readonly Dataset[]; from: string; to: string; rereadDays: number },
): Promise<Map<Dataset, string[]>> {
  const rows = await warehouse.query({
    name: 'days to sync',
    sql: `SELECT due.dataset AS dataset, groupArray(due.day) AS days
          FROM (SELECT arrayJoin({datasets: Array(String)}) AS dataset, toDate({from: Date}) + number AS day
                FROM numbers(toUInt64(greatest(0, dateDiff('day', {from: Date}, {to: Date}))))) AS due
          LEFT JOIN (SELECT dataset, day, version FROM day_reads FINAL
                     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}) AS synced
            ON synced.dataset = due.dataset AND synced.day = due.day
          WHERE synced.version < ${endOfDay('due.day')} + {settled_ms: UInt64}
            OR (due.dataset = 'costs' AND due.day IN (
              SELECT day FROM reconciliation
              WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
                AND abs(difference) > ${TOLERANCE_SQL}))
          GROUP BY dataset`,
    params: { ...key, datasets, from, to, settled_ms: rereadDays * DAY_MS },
    row: z.object({ dataset: z.string(), days: z.array(z.string()) }),
  });
  const daysOf = new Map(rows.map(({ dataset, days }) => [dataset, days.sort().reverse()]));
  return new Map(datasets.map((dataset) => [dataset, daysOf.get(dataset) ?? []]));
}

/** The days of a dataset whose latest read began at or after `since`, in unix milliseconds. */
export async function daysReadSince(
  warehouse: Warehouse,
  key: IntegrationKey & { dataset: Dataset },
  since: number,
): Promise<string[]> {
  const rows = await warehouse.query({
    name: 'days read since',
    sql: `SELECT day FROM day_reads FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
            AND dataset = {dataset: String} AND version >= {since: UInt64}`,
    params: { ...key, since },
    row: z.object({ day: z.string() }),
  });
  return rows.map(({ day }) => day);
}
