import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { DUE_TO, dayTotals, TOLERANCE_SQL } from './day-sql.ts';

const summary = z.object({
  integration_id: z.string(),
  /** Of the backfill: days that were read, and days of the history. */
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
  /** Whether all days that were read after their end add up; null if no day can be compared yet. */
  agrees: z.boolean().nullable(),
});
export type CoverageSummary = z.infer<typeof summary>;

/**
 * The coverage of each of a tenant's integrations: the backfill's progress, the days from the start of its history to
 * the newest one that is due or stored, and whether every day adds up to OpenAI's own total.
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
              LEFT JOIN (${dayTotals('tenant_id = {tenant_id: String}')}) AS totals USING (integration_id, day))
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
              toBool(maxIf(abs(synced.ours - synced.theirs), settled) <= ${TOLERANCE_SQL})) AS agrees
          FROM integration LEFT JOIN synced USING (integration_id)
          GROUP BY integration_id, history_from, history_to, due_to`,
    params: { tenant_id: tenantId },
    row: summary,
  });
}
