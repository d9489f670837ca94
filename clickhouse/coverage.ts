import { z } from 'zod';
import type { Warehouse } from './client.ts';
import type { IntegrationKey } from './integrations.ts';
import type { Dataset } from './replace-days.ts';

const DAY_MS = 86_400_000;

/** The day after the last one that an integration should have by now. */
const DUE_TO = `if(status = 'disconnected', history_to, greatest(history_to, toDate(now('UTC')))) AS due_to`;

/** Beyond this, a day's facts do not add up to OpenAI's total: it does not round away. */
const TOLERANCE = `toDecimal128('0.000000001', 18)`;

/**
 * The days of [from, to) that a sync has to read of each dataset, newest first: those never read, and those whose last read began
 * less than `rereadDays` after they ended, since OpenAI restates recent days, and those that do not add up to OpenAI's
 * own total. 0 asks only for the missing and the
 * partial. One rule closes every gap: an outage of any length, a day read while it was not over, a new integration.
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
          WHERE synced.version < toUnixTimestamp(toDateTime(due.day + 1, 'UTC')) * 1000 + {settled_ms: UInt64}
            OR (due.dataset = 'costs' AND due.day IN (
              SELECT day FROM reconciliation
              WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
                AND abs(difference) > ${TOLERANCE}))
          GROUP BY dataset`,
    params: { ...key, datasets, from, to, settled_ms: rereadDays * DAY_MS },
    row: z.object({ dataset: z.string(), days: z.array(z.string()) }),
  });
  const daysOf = new Map(rows.map(({ dataset, days }) => [dataset, days.sort().reverse()]));
  return new Map(datasets.map((dataset) => [dataset, daysOf.get(dataset) ?? []]));
}

/** The days of a dataset whose latest read began at or after a time, in unix milliseconds. */
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

const summary = z.object({
  integration_id: z.string(),
  days_done: z.coerce.number(),
  days_total: z.coerce.number(),
  covered_to: z.string(),
  days: z.coerce.number(),
  facts: z.coerce.number(),
  missing_days: z.coerce.number(),
  last_synced_at: z.string().nullable(),
  ours: z.string(),
  theirs: z.string(),
  difference: z.string(),
  /** Of the days that had ended when they were read; null before there is one. */
  agrees: z.boolean().nullable(),
});
export type CoverageSummary = z.infer<typeof summary>;

/**
 * What each of a tenant's integrations has: the backfill's progress, the days from the start of its history to the
 * newest one that is due or there, and whether every single day adds up to OpenAI's own total.
 */
export function summarizeCoverage(warehouse: Warehouse, tenantId: string): Promise<CoverageSummary[]> {
  return warehouse.query({
    name: 'coverage summary',
    sql: `WITH
            integration AS (
              SELECT integration_id, history_from, history_to, ${DUE_TO} FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String}),
            synced AS (
              SELECT integration_id, day, read.version AS version, read.items AS facts, ours, theirs, settled
              FROM (SELECT integration_id, day, version, items FROM day_reads FINAL
                    WHERE tenant_id = {tenant_id: String} AND dataset = 'costs') AS read
              LEFT JOIN (SELECT integration_id, day, ours, theirs, settled FROM reconciliation
                         WHERE tenant_id = {tenant_id: String}) AS totals USING (integration_id, day))
          SELECT integration_id,
            countIf(version > 0 AND day >= history_from AND day < history_to) AS days_done,
            dateDiff('day', history_from, history_to) AS days_total,
            greatest(due_to, max(day) + 1) AS covered_to,
            countIf(version > 0) AS days,
            sum(synced.facts) AS facts,
            dateDiff('day', history_from, covered_to) - countIf(version > 0 AND day >= history_from) AS missing_days,
            if(days = 0, NULL,
              formatDateTime(fromUnixTimestamp64Milli(max(version), 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')) AS last_synced_at,
            sum(synced.ours) AS ours, sum(synced.theirs) AS theirs, ours - theirs AS difference,
            if(countIf(settled) = 0, NULL,
              toBool(maxIf(abs(synced.ours - synced.theirs), settled) <= ${TOLERANCE})) AS agrees
          FROM integration LEFT JOIN synced USING (integration_id)
          GROUP BY integration_id, history_from, history_to, due_to`,
    params: { tenant_id: tenantId },
    row: summary,
  });
}

/**
 * How far a tenant's data, or one integration's, can be trusted: the newest day that every integration has read after it ended (null where
 * there is none), and the days of [from, to) that an integration should have and has not.
 */
export async function freshness(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integration_id = '' }: { from: string; to: string; integration_id?: string | undefined },
): Promise<{ synced_through: string | null; missing_days: string[] }> {
  const [row] = await warehouse.query({
    name: 'freshness',
    sql: `WITH
            integration AS (
              SELECT integration_id, history_from, ${DUE_TO} FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String} AND status != 'disconnected'
                AND ({integration_id: String} = '' OR integration_id = {integration_id: String})),
            synced AS (
              SELECT integration_id, day, complete FROM coverage
              WHERE tenant_id = {tenant_id: String} AND dataset = 'costs')
          SELECT
            (SELECT if(min(through) = toDate(0), NULL, min(through)) FROM (
               SELECT maxIf(day, complete) AS through FROM integration LEFT JOIN synced USING (integration_id)
               GROUP BY integration_id)) AS synced_through,
            (SELECT arraySort(groupUniqArray(day)) FROM (
               SELECT integration_id, arrayJoin(arrayMap(
                   offset -> history_from + offset,
                   range(toUInt64(greatest(0, dateDiff('day', history_from, due_to)))))) AS day
               FROM integration)
             WHERE day >= {from: Date} AND day < {to: Date}
               AND (integration_id, day) NOT IN (SELECT integration_id, day FROM synced)) AS missing_days`,
    params: { tenant_id: tenantId, from, to, integration_id },
    row: z.object({ synced_through: z.string().nullable(), missing_days: z.array(z.string()) }),
  });
  return row ?? { synced_through: null, missing_days: [] };
}
