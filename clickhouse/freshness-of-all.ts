import { z } from 'zod';
import type { Warehouse } from './client.ts';
import { DUE_TO } from './coverage.ts';
import { integrationStatus } from './integrations.ts';

const row = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  status: integrationStatus,
  /** Null before the first sync. */
  seconds_since_sync: z.coerce.number().nullable(),
  days_covered: z.coerce.number(),
  days_missing: z.coerce.number(),
  /** Sum of what each day that has ended differs from OpenAI's own total by: a float, for alarms and not for bills. */
  difference: z.coerce.number(),
});
export type IntegrationFreshness = z.infer<typeof row>;

/**
 * How every integration of every tenant is: for those who operate the service, and the one read without a tenant.
 * It reads a few numbers a day and no facts, so that it may be asked for every few seconds.
 */
export function freshnessOfAll(warehouse: Warehouse): Promise<IntegrationFreshness[]> {
  return warehouse.query({
    name: 'freshness of all',
    sql: `WITH
            integration AS (
              SELECT tenant_id, integration_id, status, history_from, ${DUE_TO} FROM integration_records FINAL),
            synced AS (
              SELECT tenant_id, integration_id, day, max(version) AS version FROM day_reads WHERE dataset = 'costs'
              GROUP BY tenant_id, integration_id, day),
            totals AS (
              SELECT tenant_id, integration_id, day, max(version) AS newest,
                abs(argMax(total - provider_total, version)) AS difference
              FROM cost_day_revisions GROUP BY tenant_id, integration_id, day
              HAVING fromUnixTimestamp64Milli(newest, 'UTC') >= toDateTime64(day + 1, 3, 'UTC'))
          SELECT tenant_id, integration_id, status,
            if(days_covered = 0, NULL, intDiv(toUnixTimestamp64Milli(now64(3)) - max(version), 1000)) AS seconds_since_sync,
            countIf(version > 0) AS days_covered,
            greatest(0, dateDiff('day', history_from, due_to)) - countIf(version > 0 AND day >= history_from AND day < due_to)
              AS days_missing,
            sum(difference) AS difference
          FROM integration
          LEFT JOIN (SELECT * FROM synced LEFT JOIN totals USING (tenant_id, integration_id, day)) AS days
            USING (tenant_id, integration_id)
          GROUP BY tenant_id, integration_id, status, history_from, due_to
          ORDER BY tenant_id, integration_id`,
    row,
  });
}
