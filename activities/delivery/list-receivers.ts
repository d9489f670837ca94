import { readAlert } from '#clickhouse/alerts/list-alerts.ts';
import { listChannels } from '#clickhouse/channels/channels.ts';
import { listDeliveries } from '#clickhouse/channels/deliveries.ts';
import type { AlertSubject } from '#domain/alerts/alert.ts';
import { isSentTo } from '#domain/channels/channel.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { insist } from '../context/insist.ts';

/** The ids of the channels that get an alert, and have not got it. */
export async function listReceivers(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, alert_id }: { tenant_id: string } & AlertSubject,
): Promise<string[]> {
  const channels = await listChannels(warehouse, tenant_id);
  const alert = channels.length > 0 && (await insist(() => readAlert(warehouse, tenant_id, alert_id), Boolean));
  const receivers = alert ? channels.filter((channel) => isSentTo(channel, alert)) : [];
  if (receivers.length === 0) return [];
  const receipts = await listDeliveries(warehouse, tenant_id, alert_id);
  const got = new Set(receipts.filter(({ outcome }) => outcome === 'delivered').map(({ channel_id }) => channel_id));
  return receivers.map(({ channel_id }) => channel_id).filter((id) => !got.has(id));
}
