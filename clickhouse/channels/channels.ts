import { z } from 'zod';
import { CHANNEL_ALERTS, CHANNEL_KINDS, type Channel, DIGESTS } from '#domain/channels/channel.ts';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';

const channel = z.object({
  channel_id: z.string(),
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  host: z.string(),
  recipients: z.array(z.string()),
  alert_kinds: z.array(z.enum(CHANNEL_ALERTS)),
  budget_ids: z.array(z.string()),
  filters: z.record(z.string(), z.array(z.string())),
  digests: z.array(z.enum(DIGESTS)),
});

/** A tenant's channels, or one of them, by name. */
export function listChannels(warehouse: Warehouse, tenantId: string, channelId?: string): Promise<Channel[]> {
  return warehouse.query({
    name: 'channels',
    sql: `SELECT channel_id, name, kind, host, recipients, alert_kinds, budget_ids, filters, digests
          FROM channels FINAL
          WHERE tenant_id = {tenant_id: String} AND NOT is_deleted
            ${channelId === undefined ? '' : 'AND channel_id = {channel_id: String}'}
          ORDER BY name, channel_id`,
    params: { tenant_id: tenantId, ...(channelId !== undefined && { channel_id: channelId }) },
    row: channel,
  });
}

/** @returns undefined where the tenant has no such channel */
export async function readChannel(warehouse: Warehouse, tenantId: string, id: string): Promise<Channel | undefined> {
  return (await listChannels(warehouse, tenantId, id))[0];
}

/** Writes a channel's whole state; the latest write wins. */
export async function writeChannel(warehouse: Warehouse, tenantId: string, channel: Channel, is_deleted = false) {
  const row = { tenant_id: tenantId, version: Date.now(), is_deleted, ...channel };
  await warehouse.insert('channels', [row], BY_MAJORITY);
}

/** The channels of all tenants that get digests. */
export function listDigestReceivers(warehouse: Warehouse) {
  return warehouse.query({
    name: 'digest receivers',
    sql: `SELECT tenant_id, channel_id, filters, digests FROM channels FINAL
          WHERE NOT is_deleted AND notEmpty(digests) ORDER BY tenant_id, channel_id`,
    row: channel.pick({ channel_id: true, filters: true, digests: true }).extend({ tenant_id: z.string() }),
  });
}
