import { z } from 'zod';
import { DAY_MS } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';

/** What is older was of use then. */
const MISSED_DAYS = 30;
const MAX_MISSED = 100;
/** SQL of the messages that may still be sent: tests are over, and what alerts of a purged organization said is gone. */
export const MAY_BE_SENT = `version > {since: UInt64} AND (startsWith(message_id, 'digest-') OR message_id IN (
              SELECT alert_id FROM alert_events WHERE tenant_id = {tenant_id: String} AND event = 'raised'))`;
export const missedSince = () => Date.now() - MISSED_DAYS * DAY_MS;

type Undelivered = { missed: number; ids: string[] };

/** The messages that a channel has not got: how many, and the ids of those that are sent at once. */
export async function listUndelivered(warehouse: Warehouse, tenantId: string, channelId: string): Promise<Undelivered> {
  const rows = await warehouse.query({
    name: 'undelivered messages',
    sql: `SELECT message_id, count() OVER () AS missed FROM deliveries FINAL
          WHERE tenant_id = {tenant_id: String} AND channel_id = {channel_id: String} AND ${MAY_BE_SENT}
          GROUP BY message_id
          HAVING countIf(outcome = 'delivered') = 0
          ORDER BY min(version), message_id
          LIMIT ${MAX_MISSED}`,
    params: { tenant_id: tenantId, channel_id: channelId, since: missedSince() },
    row: z.object({ message_id: z.string(), missed: z.coerce.number() }),
  });
  return { missed: rows[0]?.missed ?? 0, ids: rows.map(({ message_id }) => message_id) };
}
