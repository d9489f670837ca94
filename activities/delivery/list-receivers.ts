import { listChannels } from '#clickhouse/channels/channels.ts';
import type { AlertSubject } from '#domain/alerts/alert.ts';
import { isSentTo } from '#domain/channels/channel.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** The ids of the channels that get an alert. */
export async function listReceivers(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, ...subject }: { tenant_id: string } & AlertSubject,
): Promise<string[]> {
  const about = { kind: subject.kind, budget_id: subject.kind === 'budget' ? subject.budget_id : '' };
  const channels = await listChannels(warehouse, tenant_id);
  return channels.filter((channel) => isSentTo(channel, about)).map(({ channel_id }) => channel_id);
}
