import { z } from 'zod';
import { integrationStatus } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { DUE_TO } from './day-sql.ts';

const row = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  status: integrationStatus,
  /** When costs were last read, in unix milliseconds; null before the first sync. */
  synced_at: z.coerce.number().nullable(),
  /** In unix seconds; null where it never does, or OpenAI does not say. */
  key_expires_at: z.coerce.number().nullable(),
  days_covered: z.coerce.number(),
  days_missing: z.coerce.number(),
  /** Those before yesterday: a daily sync has come since. It needs no memory of when they were first missing. */
  days_overdue: z.coerce.number(),
  /** Sum of the absolute differences between each ended day and OpenAI's own total: a float, for alarms, not bills. */
  difference: z.coerce.number(),
});
export type IntegrationFreshness = z.infer<typeof row>;

const missingBefore = (end: string) =>
  `greatest(0, dateDiff('day', history_from, ${end})) - if(newest = 0, 0, bitmapCardinality(
              bitmapSubsetInRange(days, toUInt32(history_from), toUInt32(${end}))))`;

/**
 * The freshness of every integration of every tenant, or of some tenants, for operators: the only read without a tenant. It
 * reads a few numbers per day and no facts. Only days that may differ are reconciled: of all days, that took two thirds
 * of its time.
 */
export function freshnessOfAll(warehouse: Warehouse, tenants?: readonly string[]): Promise<IntegrationFreshness[]> {
  const isSelected = tenants ? 'tenant_id IN {tenants: Array(String)}' : 'true';
  return warehouse.query({
    name: 'freshness of all',
    sql: `WITH
            integration AS (
              SELECT tenant_id, integration_id, status, history_from, key_expires_at, ${DUE_TO},
                greatest(history_from, least(due_to, toDate(now('UTC')) - 1)) AS overdue_to
              FROM integration_records FINAL WHERE ${isSelected}),
            synced AS (
              SELECT tenant_id, integration_id, max(version) AS newest, groupBitmapState(toUInt32(day)) AS days
              FROM day_reads WHERE dataset = 'costs' AND ${isSelected}
              GROUP BY tenant_id, integration_id),
            may_differ AS (
              SELECT tenant_id, integration_id, day FROM cost_days
              WHERE ${isSelected}
                AND (mapKeys(totals) != mapKeys(provider_totals) OR mapValues(totals) != mapValues(provider_totals))),
            reconciled AS (
              SELECT tenant_id, integration_id, sum(abs(reconciliation.difference)) AS difference
              FROM reconciliation WHERE ${isSelected} AND settled AND (tenant_id, integration_id, day) IN (may_differ)
              GROUP BY tenant_id, integration_id)
          SELECT tenant_id, integration_id, status,
            nullIf(newest, 0) AS synced_at,
            toUnixTimestamp(integration.key_expires_at) AS key_expires_at,
            if(newest = 0, 0, bitmapCardinality(days)) AS days_covered,
            ${missingBefore('due_to')} AS days_missing,
            ${missingBefore('overdue_to')} AS days_overdue,
            reconciled.difference AS difference
          FROM integration
          LEFT JOIN synced USING (tenant_id, integration_id)
          LEFT JOIN reconciled USING (tenant_id, integration_id)
          ORDER BY tenant_id, integration_id
          SETTINGS optimize_aggregation_in_order = 1`,
    params: { ...(tenants && { tenants }) },
    row,
  });
}
