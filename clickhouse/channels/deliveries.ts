import { z } from 'zod';
import { OUTCOMES, type Receipt } from '#domain/channels/channel.ts';
import { DAY_MS } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { isoOf } from '../client/sql.ts';
import { MAY_BE_SENT, missedSince } from './undelivered.ts';

/** What was delivered to which channel. */
export type DeliveryKey = { tenant_id: string; channel_id: string; message_id: string };

/** `accepted`: of an e-mail that some refused, the names of those who got it. */
export type DeliveryReceipt = Receipt & { accepted?: readonly string[] | undefined };

/** Keeps the receipt of an attempt. `at`: unix milliseconds. */
export async function writeDelivery(warehouse: Warehouse, key: DeliveryKey, at: number, receipt: DeliveryReceipt) {
  await warehouse.insert('deliveries', [{ ...key, version: at, ...receipt }]);
}

const receipt = z.object({
  channel_id: z.string(),
  attempted_at: z.string(),
  outcome: z.enum(OUTCOMES),
  status: z.number(),
});

/** Every attempt to deliver a message, in order. */
export function listDeliveries(warehouse: Warehouse, tenantId: string, messageId: string) {
  return warehouse.query({
    name: 'deliveries',
    sql: `SELECT channel_id, ${isoOf('version::Int64')} AS attempted_at, outcome, status
          FROM deliveries FINAL
          WHERE tenant_id = {tenant_id: String} AND message_id = {message_id: String}
          ORDER BY version, channel_id`,
    params: { tenant_id: tenantId, message_id: messageId },
    row: receipt,
  });
}

/** Of messages that several channels of several tenants get, which were sent to which of them. */
export function listSent(warehouse: Warehouse, messageIds: readonly string[]): Promise<DeliveryKey[]> {
  return warehouse.query({
    name: 'sent messages',
    sql: `SELECT DISTINCT tenant_id, channel_id, message_id FROM deliveries
          WHERE message_id IN {message_ids: Array(String)}
          ORDER BY tenant_id, channel_id, message_id`,
    params: { message_ids: messageIds },
    row: z.object({ tenant_id: z.string(), channel_id: z.string(), message_id: z.string() }),
  });
}

/** Whether a channel has got a message; `accepted`: who has got an e-mail that others refused. */
export async function readReceived(
  warehouse: Warehouse,
  key: DeliveryKey,
): Promise<{ is_delivered: boolean; accepted: string[] }> {
  const [row] = await warehouse.query({
    name: 'received message',
    sql: `SELECT countIf(outcome = 'delivered') AS delivered, groupUniqArrayArray(accepted) AS accepted FROM deliveries
          WHERE tenant_id = {tenant_id: String} AND channel_id = {channel_id: String} AND message_id = {message_id: String}`,
    params: key,
    row: z.object({ delivered: z.coerce.number(), accepted: z.array(z.string()) }),
  });
  return { is_delivered: (row?.delivered ?? 0) > 0, accepted: row?.accepted ?? [] };
}

const health = z.object({
  channel_id: z.string(),
  last_delivered_at: z.string().nullable(),
  failing_since: z.string().nullable(),
  last_outcome: z.enum(OUTCOMES),
  last_status: z.number(),
  undelivered: z.coerce.number(),
});
export type ChannelHealth = z.infer<typeof health>;

/** `since`: the first attempt that failed since the last one that did not; 0 where there is none. */
const STANDING = `maxIf(version, outcome = 'delivered') AS delivered, groupArray(version) AS attempts,
            arrayMin(arrayFilter(at -> at > delivered, attempts)) AS since`;

/** How the attempts of each of a tenant's channels went. One that was never tried is not in it. */
export function readChannelHealth(warehouse: Warehouse, tenantId: string): Promise<ChannelHealth[]> {
  return warehouse.query({
    name: 'channel health',
    sql: `SELECT channel_id, if(delivered = 0, NULL, ${isoOf('delivered')}) AS last_delivered_at,
            if(since = 0, NULL, ${isoOf('since')}) AS failing_since, last_outcome, last_status, undelivered
          FROM (
            SELECT channel_id, argMax(outcome, version) AS last_outcome, argMax(status, version) AS last_status,
              uniqExactIf(message_id, ${MAY_BE_SENT})
                - uniqExactIf(message_id, outcome = 'delivered' AND ${MAY_BE_SENT}) AS undelivered,
            ${STANDING}
            FROM deliveries FINAL
            WHERE tenant_id = {tenant_id: String}
            GROUP BY channel_id)
          ORDER BY channel_id`,
    params: { tenant_id: tenantId, since: missedSince() },
    row: health,
  });
}

/** How many channels of all tenants have failed for a day, without any success since, of attempts of the last week. */
export async function countFailingChannels(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query({
    name: 'failing channels',
    sql: `SELECT count() AS channels FROM (
            SELECT ${STANDING}
            FROM deliveries FINAL
            WHERE version > {now: UInt64} - 7 * ${DAY_MS}
              AND (tenant_id, channel_id) IN (SELECT tenant_id, channel_id FROM channels FINAL WHERE NOT is_deleted)
            GROUP BY tenant_id, channel_id
            HAVING since BETWEEN 1 AND {now: UInt64} - ${DAY_MS})`,
    params: { now: Date.now() },
    row: z.object({ channels: z.coerce.number() }),
  });
  return row?.channels ?? 0;
}
