import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { DUE_TO } from './day-sql.ts';
import { type Reconciliation, reconcileEach } from './reconcile.ts';

const row = z.object({
  integration_id: z.string(),
  /** Of the backfill: days that were read, and days of the history. */
  days_done: z.coerce.number(),
  days_total: z.coerce.number(),
  covered_to: z.string(),
  days: z.coerce.number(),
  facts: z.coerce.number(),
  missing_days: z.coerce.number(),
  last_synced_at: z.string().nullable(),
});
export type CoverageSummary = z.infer<typeof row> & { reconciliation: Reconciliation };

/**
 * The coverage of each of a tenant's integrations: the backfill's progress, the days from the start of its history to
 * the newest one that is due or stored, and whether every day adds up to OpenAI's own total.
 */
export async function summarizeCoverage(warehouse: Warehouse, tenantId: string): Promise<CoverageSummary[]> {
  const [rows, reconciliationOf] = await Promise.all([
    readCoverage(warehouse, tenantId),
    reconcileEach(warehouse, tenantId),
  ]);
  return rows.map((each) => ({ ...each, reconciliation: reconciliationOf(each.integration_id) }));
}

const readCoverage = (warehouse: Warehouse, tenantId: string) =>
  warehouse.query({
    name: 'coverage summary',
    sql: `WITH
            integration AS (
              SELECT integration_id, history_from, history_to, ${DUE_TO} FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String}),
            synced AS (
              SELECT integration_id, day, version, items FROM day_reads FINAL
              WHERE tenant_id = {tenant_id: String} AND dataset = 'costs')
          SELECT integration_id,
            countIf(version > 0 AND day >= history_from AND day < history_to) AS days_done,
            dateDiff('day', history_from, history_to) AS days_total,
            greatest(due_to, max(day) + 1) AS covered_to,
            countIf(version > 0) AS days,
            sum(items) AS facts,
            dateDiff('day', history_from, covered_to) - countIf(version > 0 AND day >= history_from) AS missing_days,
            if(days = 0, NULL,
              formatDateTime(fromUnixTimestamp64Milli(max(version), 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')) AS last_synced_at
          FROM integration LEFT JOIN synced USING (integration_id)
          GROUP BY integration_id, history_from, history_to, due_to`,
    params: { tenant_id: tenantId },
    row,
  });
