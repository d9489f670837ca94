import { listChannels } from '#clickhouse/channels/channels.ts';
import { listDeliveries } from '#clickhouse/channels/deliveries.ts';
import type { AlertSubject } from '#domain/alerts/alert.ts';
import { isSentTo } from '#domain/channels/channel.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** The ids of the channels that get an alert, and have not got it. */
export async function listReceivers(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, ...subject }: { tenant_id: string } & AlertSubject,
): Promise<string[]> {
  const about = { kind: subject.kind, budget_id: subject.kind === 'budget' ? subject.budget_id : '' };
  const channels = (await listChannels(warehouse, tenant_id)).filter((channel) => isSentTo(channel, about));
  if (channels.length === 0) return [];
  const receipts = await listDeliveries(warehouse, tenant_id, subject.alert_id);
  const got = new Set(receipts.filter(({ outcome }) => outcome === 'delivered').map(({ channel_id }) => channel_id));
  return channels.map(({ channel_id }) => channel_id).filter((id) => !got.has(id));
}
