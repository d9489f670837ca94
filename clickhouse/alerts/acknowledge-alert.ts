import type { Warehouse } from '../client/client.ts';

/** Notes that someone has seen an alert, in one statement; once is enough. Does nothing where there is no such alert. */
export function acknowledgeAlert(warehouse: Warehouse, tenantId: string, alertId: string, caller: string) {
  return warehouse.command(
    'acknowledge alert',
    `INSERT INTO alert_events
     SELECT * REPLACE (sequence + 1 AS sequence, 'acknowledged' AS event, {now: UInt64} AS version, {caller: String} AS caller)
     FROM alert_events FINAL
     WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String}
       AND alert_id NOT IN (
         SELECT alert_id FROM alert_events
         WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String} AND event = 'acknowledged')
     ORDER BY sequence DESC
     LIMIT 1`,
    { tenant_id: tenantId, alert_id: alertId, caller, now: Date.now() },
  );
}
