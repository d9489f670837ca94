import { z } from 'zod';
import { ALERT_EVENTS, ALERT_KINDS, type AlertSubject } from '#domain/alerts/alert.ts';
import type { KnownAlert } from '#domain/budgets/alert.ts';
import type { Warehouse } from '../client/client.ts';

/** The alerts of a tenant's budgets whose periods end after a day. Acknowledging says nothing of where costs stand. */
export function listKnownAlerts(warehouse: Warehouse, tenantId: string, endsAfter: string): Promise<KnownAlert[]> {
  return warehouse.query({
    name: 'known alerts',
    sql: `SELECT alert_id, argMaxIf(event, sequence, event != 'acknowledged') AS standing,
            toUInt32(max(sequence) + 1) AS events
          FROM alert_events FINAL
          WHERE tenant_id = {tenant_id: String} AND kind = 'budget' AND period_to > {ends_after: Date}
          GROUP BY alert_id`,
    params: { tenant_id: tenantId, ends_after: endsAfter },
    row: z.object({ alert_id: z.string(), standing: z.enum(ALERT_EVENTS), events: z.number() }),
  });
}

/** Those of the ids that are recorded, of all tenants. */
export function listRecorded(warehouse: Warehouse, alertIds: readonly string[]) {
  return warehouse.query({
    name: 'recorded alerts',
    sql: `SELECT DISTINCT tenant_id, alert_id FROM alert_events
          WHERE event = 'raised' AND alert_id IN {alert_ids: Array(String)}`,
    params: { alert_ids: alertIds },
    row: z.object({ tenant_id: z.string(), alert_id: z.string() }),
  });
}

/** When an alert was raised, in unix milliseconds; undefined where it is not recorded. */
export async function readRaisedAt(
  warehouse: Warehouse,
  tenantId: string,
  alertId: string,
): Promise<number | undefined> {
  const [raised] = await warehouse.query({
    name: 'raised alert',
    sql: `SELECT version AS raised_at FROM alert_events FINAL
          WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String} AND event = 'raised'`,
    params: { tenant_id: tenantId, alert_id: alertId },
    row: z.object({ raised_at: z.coerce.number() }),
  });
  return raised?.raised_at;
}

const raised = z.object({
  kind: z.enum(ALERT_KINDS),
  alert_id: z.string(),
  integration_id: z.string(),
  from: z.string(),
  to: z.string(),
  is_quiet: z.boolean(),
  budget_id: z.string(),
  revision: z.coerce.number(),
  of: z.string(),
  percent: z.number(),
});

/** What a recorded alert is about; undefined where it is not recorded. */
export async function readRaised(
  warehouse: Warehouse,
  tenantId: string,
  alertId: string,
): Promise<(AlertSubject & { is_quiet: boolean }) | undefined> {
  const [found] = await warehouse.query({
    name: 'subject of an alert',
    sql: `SELECT kind, alert_id, integration_id, period_from AS from, period_to AS to, is_quiet, budget_id, revision,
            threshold_of AS of, threshold_percent AS percent
          FROM alert_events FINAL
          WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String} AND event = 'raised'`,
    params: { tenant_id: tenantId, alert_id: alertId },
    row: raised,
  });
  if (!found) return undefined;
  const { kind, budget_id, revision, of, percent, ...about } = found;
  if (kind !== 'budget') return { kind, ...about };
  return { kind, ...about, budget_id, revision, of: of === 'actual' ? 'actual' : 'forecast', percent };
}
