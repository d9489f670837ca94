import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

const row = z.object({
  id: z.string(),
  at: z.string(),
  caller: z.string(),
  action: z.string(),
  resource: z.string(),
  status: z.number().nullable(),
  outcome: z.string(),
  request_id: z.string(),
});
export type AuditEvent = z.infer<typeof row>;

/**
 * Writes what is known of an event; of several with the same id and time, the last one counts.
 * @param event `at`: RFC 3339 with milliseconds, in UTC; `status`: null while there is none
 */
export function writeAuditEvent(warehouse: Warehouse, tenantId: string, event: AuditEvent): Promise<void> {
  const { id, at, status, ...rest } = event;
  const row = {
    tenant_id: tenantId,
    event_id: id,
    at: at.replace('T', ' ').replace('Z', ''),
    status: status ?? 0,
    ...rest,
  };
  return warehouse.insert('audit_events', [row]);
}

/** `before`: the place in the order of the last event of the page before. */
export type AuditSelection = {
  from: string;
  to: string;
  caller?: string | undefined;
  action?: string | undefined;
  resource?: string | undefined;
  before?: Pick<AuditEvent, 'at' | 'id'> | undefined;
  limit: number;
};

/** What was done for a tenant in half-open UTC days, the latest first. */
export function listAuditEvents(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, before, limit, ...equal }: AuditSelection,
): Promise<AuditEvent[]> {
  const filters = Object.entries(equal).filter(([, value]) => value !== undefined);
  return warehouse.query({
    name: 'audit events',
    sql: `SELECT event_id AS id, formatDateTime(e.at, '%Y-%m-%dT%H:%i:%S.', 'UTC') || leftPad(toString(toUnixTimestamp64Milli(e.at) % 1000), 3, '0') || 'Z' AS at,
            caller, action, resource, nullIf(e.status, 0) AS status, outcome, request_id
          FROM audit_events AS e FINAL
          WHERE tenant_id = {tenant_id: String} AND e.at >= {from: Date} AND e.at < {to: Date}
            ${filters.map(([name]) => `AND ${name} = {${name}: String}`).join(' ')}
            ${before ? 'AND (e.at, event_id) < (parseDateTime64BestEffort({before_at: String}, 3), {before_id: String})' : ''}
          ORDER BY e.at DESC, event_id DESC
          LIMIT {limit: UInt32}`,
    params: {
      tenant_id: tenantId,
      ...{ from, to, limit },
      ...Object.fromEntries(filters),
      ...(before && { before_at: before.at, before_id: before.id }),
    },
    row,
  });
}
