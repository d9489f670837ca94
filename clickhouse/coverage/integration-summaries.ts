import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { COLUMNS, type Integration, record } from '../integrations/integrations.ts';
import { DUE_TO } from './day-sql.ts';
import { type Reconciliation, reconciledRow, reconciliationSteps, toReconciliation } from './reconcile.ts';

const coverage = z.object({
  /** Of the backfill: days that were read, and days of the history. */
  days_done: z.coerce.number(),
  days_total: z.coerce.number(),
  covered_to: z.string(),
  days: z.coerce.number(),
  facts: z.coerce.number(),
  missing_days: z.coerce.number(),
  last_synced_at: z.string().nullable(),
});
/** An integration, its coverage, and whether every day that was read adds up to OpenAI's own total. */
export type IntegrationSummary = Integration & z.infer<typeof coverage> & { reconciliation: Reconciliation };

/**
 * A tenant's integrations, oldest first, in one statement: the backfill's progress, and the days from the start of the
 * history to the newest one that is due or stored.
 * @param id only this one
 */
export async function summarizeIntegrations(
  warehouse: Warehouse,
  tenantId: string,
  id?: string,
): Promise<IntegrationSummary[]> {
  const rows = await warehouse.query({
    name: 'integration summaries',
    sql: summariesSql(id === undefined ? 'true' : 'integration_id = {integration_id: String}'),
    params: { tenant_id: tenantId, ...(id !== undefined && { integration_id: id }) },
    row: record.extend({ ...coverage.shape, ...reconciledRow.shape }),
  });
  return rows.map((row) => ({ ...row, reconciliation: toReconciliation(reconciledRow.parse(row)) }));
}

const summariesSql = (isSelected: string) =>
  withSteps(
    {
      integration: sql`
      SELECT ${COLUMNS}, ${DUE_TO}
      FROM integration_records FINAL
      WHERE tenant_id = {tenant_id: String} AND ${isSelected}`,
      synced: sql`
      SELECT integration_id, day, version, items
      FROM day_reads FINAL
      WHERE tenant_id = {tenant_id: String} AND dataset = 'costs' AND ${isSelected}`,
      covered: sql`
      SELECT
        integration_id,
        countIf(version > 0 AND day >= history_from AND day < history_to) AS days_done,
        dateDiff('day', history_from, history_to) AS days_total,
        greatest(due_to, max(day) + 1) AS covered_to,
        countIf(version > 0) AS days,
        sum(items) AS facts,
        dateDiff('day', history_from, covered_to) - countIf(version > 0 AND day >= history_from) AS missing_days,
        if(days = 0, NULL,
          formatDateTime(fromUnixTimestamp64Milli(max(version), 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')) AS last_synced_at
      FROM integration
      LEFT JOIN synced USING (integration_id)
      GROUP BY integration_id, history_from, history_to, due_to`,
      ...reconciliationSteps(isSelected, ['integration_id']),
    },
    sql`
    SELECT *
    FROM integration
    INNER JOIN covered USING (integration_id)
    LEFT JOIN reconciled USING (integration_id)
    ORDER BY connected_at, integration_id`,
  );
