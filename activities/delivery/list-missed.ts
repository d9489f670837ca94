import { listUndelivered } from '#clickhouse/channels/undelivered.ts';
import { digestOf } from '#domain/channels/digest.ts';
import type { MessageKey } from '#domain/channels/message.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Missing = { tenant_id: string; channel_id: string };

/** What a channel has not got, of what was tried to send to it: how much, and what to send at once, the oldest first. */
export async function listMissed(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, channel_id }: Missing,
): Promise<{ missed: number; messages: MessageKey[] }> {
  const { missed, ids } = await listUndelivered(warehouse, tenant_id, channel_id);
  return { missed, messages: ids.map((id) => ({ of: digestOf(id) ? 'digest' : 'alert', id })) };
}
