import type { Restatement } from '#domain/anomalies/told.ts';
import type { Warehouse } from '../client/client.ts';

/** Adds what an alert's days cost by now to its history. Its place there names it: noted twice, it is the same event. */
export function noteRestatement(
  warehouse: Warehouse,
  tenantId: string,
  { alert: { alert_id, events }, event, spent }: Restatement,
): Promise<void> {
  return warehouse.command(
    'note restatement',
    `INSERT INTO alert_events
     SELECT * REPLACE ({events: UInt32} AS sequence, {event: String} AS event, {now: UInt64} AS version,
       toDecimal128({spent: String}, 18) AS spent)
     FROM alert_events AS e FINAL
     WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String} AND e.event = 'raised'`,
    { tenant_id: tenantId, alert_id, event, events, spent, now: Date.now() },
  );
}
