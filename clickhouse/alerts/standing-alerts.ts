import { z } from 'zod';
import { ALERT_EVENTS, type AlertEvent, type AlertKind } from '#domain/alerts/alert.ts';
import type { StandingAlert } from '#domain/alerts/standing.ts';
import { addDays, type Day } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';

/** What is older than this is not looked for any more, so that it is not known to be over. */
const LOOKED_AT_DAYS = 35;

/** What is older than this says nothing of limits. */
const LIMITS_DAYS = 7;

/**
 * The alerts of all tenants of these kinds that are about days which are still looked at; those of an integration as a
 * whole are, as long as it lasts, and those of limits while these are readable.
 */
export function listStanding(warehouse: Warehouse, kinds: readonly AlertKind[], today: Day): Promise<StandingAlert[]> {
  return warehouse.query({
    name: 'standing alerts',
    sql: `SELECT tenant_id, alert_id, argMaxIf(event, sequence, event != 'acknowledged') AS standing
          FROM alert_events FINAL
          WHERE kind IN {kinds: Array(String)}
            AND (kind IN ('sync_stopped', 'key_expires') OR period_from >= {from: Date})
            AND (kind != 'limit' OR (tenant_id, integration_id) IN (
              SELECT tenant_id, integration_id FROM limit_days FINAL
              WHERE day >= {limits_from: Date}
              GROUP BY tenant_id, integration_id
              HAVING argMax(is_readable, day)))
          GROUP BY tenant_id, alert_id
          ORDER BY tenant_id, alert_id`,
    params: { kinds, from: addDays(today, -LOOKED_AT_DAYS), limits_from: addDays(today, -LIMITS_DAYS) },
    row: z.object({ tenant_id: z.string(), alert_id: z.string(), standing: z.enum(ALERT_EVENTS) }),
  });
}

/** Adds an event to the histories of alerts, in one statement. `at`: unix milliseconds. */
export async function noteEvent(
  warehouse: Warehouse,
  alerts: readonly StandingAlert[],
  { event, at }: { event: AlertEvent; at: number },
): Promise<void> {
  if (alerts.length === 0) return;
  await warehouse.command(
    'note events of alerts',
    `INSERT INTO alert_events
     SELECT * REPLACE (sequence + 1 AS sequence, {event: String} AS event, {at: UInt64} AS version, '' AS caller)
     FROM alert_events FINAL
     WHERE alert_id IN {alert_ids: Array(String)}
       AND has(arrayZip({tenant_ids: Array(String)}, {alert_ids: Array(String)}), (toString(tenant_id), alert_id))
     ORDER BY sequence DESC
     LIMIT 1 BY tenant_id, alert_id`,
    {
      ...{ event, at },
      tenant_ids: alerts.map(({ tenant_id }) => tenant_id),
      alert_ids: alerts.map(({ alert_id }) => alert_id),
    },
  );
}
