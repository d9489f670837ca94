import { z } from 'zod';
import type { Dataset } from '#domain/dataset.ts';
import { DAY_MS } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { EMPTY, OUTLINE } from '../day-rows/day-row.ts';
import { AHEAD } from '../writes/ahead.ts';
import { endOfDay, TOLERANCE_SQL } from './day-sql.ts';

/**
 * The days of [from, to) that a sync has to read, by dataset and newest first. A day is due if it was never read, if its
 * last read began less than `rereadDays` after its end (OpenAI restates recent days), if it does not add up to OpenAI's
 * own total, if it is not stored as its last read found it, or if that read is of the future: a clock was wrong then.
 * With `rereadDays` 0, a day that was read after its end is not read again.
 */
export async function daysToSync(
  warehouse: Warehouse,
  key: IntegrationKey,
  { datasets, from, to, rereadDays }: { datasets: readonly Dataset[]; from: string; to: string; rereadDays: number },
): Promise<Map<Dataset, string[]>> {
  const rows = await warehouse.query({
    name: 'days to sync',
    sql: withSteps({ due: DUE, reads: READS, stored: STORED }, TO_SYNC),
    params: { ...key, datasets, from, to, settled_ms: rereadDays * DAY_MS },
    row: z.object({ dataset: z.string(), days: z.array(z.string()) }),
  });
  const daysOf = new Map(rows.map(({ dataset, days }) => [dataset, days.sort().reverse()]));
  return new Map(datasets.map((dataset) => [dataset, daysOf.get(dataset) ?? []]));
}

const OF_KEY = 'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}';
const DUE = `
  SELECT arrayJoin({datasets: Array(String)}) AS dataset, toDate({from: Date}) + number AS day
  FROM numbers(toUInt64(greatest(0, dateDiff('day', {from: Date}, {to: Date}))))`;
const READS = `
  SELECT dataset::String AS dataset, day, version, content_hash
  FROM day_reads FINAL
  WHERE ${OF_KEY}`;
const DIFFERS = `
  arrayExists(
    currency -> abs(totals[currency] - provider_totals[currency]) > ${TOLERANCE_SQL},
    arrayConcat(mapKeys(totals), mapKeys(provider_totals))
  )`;
const STORED = sql`
  SELECT 'costs' AS dataset, day, content_hash, ${DIFFERS} AS differs FROM cost_days FINAL WHERE ${OF_KEY}
  UNION ALL
  SELECT dataset::String AS dataset, day, content_hash, false AS differs FROM usage_days FINAL WHERE ${OF_KEY}`;
// A day of usage without a fact has no row. Reads before 0.2.0 did not note what they found.
const TO_SYNC = sql`
  SELECT due.dataset AS dataset, groupArray(due.day) AS days
  FROM due
  LEFT JOIN reads ON reads.dataset = due.dataset AND reads.day = due.day
  LEFT JOIN stored ON stored.dataset = due.dataset AND stored.day = due.day
  WHERE reads.version < ${endOfDay('due.day')} + {settled_ms: UInt64}
    OR stored.differs
    OR reads.content_hash NOT IN ('', if(stored.content_hash = '', '${EMPTY}', stored.content_hash))
    OR reads.version > ${AHEAD}
  GROUP BY dataset`;

/** The days whose latest read, of all dimensions, began at or after `since`, in unix milliseconds by the warehouse's clock. */
export function daysReadSince(
  warehouse: Warehouse,
  key: IntegrationKey,
  since: number,
): Promise<{ dataset: string; day: string }[]> {
  return warehouse.query({
    name: 'days read since',
    sql: `SELECT dataset, day FROM day_reads FINAL
          WHERE ${OF_KEY} AND version >= {since: UInt64} AND content_hash != '${OUTLINE}'`,
    params: { ...key, since },
    row: z.object({ dataset: z.string(), day: z.string() }),
  });
}
