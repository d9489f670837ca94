import { readAlert } from '#clickhouse/alerts/list-alerts.ts';
import type { Channel } from '#domain/channels/channel.ts';
import { digestOf } from '#domain/channels/digest.ts';
import { digestMessage } from '#domain/channels/digest-message.ts';
import { alertMessage, type Message, type MessageKey, testMessage } from '#domain/channels/message.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { insist } from '../context/insist.ts';
import { readDigest } from './read-digest.ts';

type Wanted = { tenant_id: string; channel: Channel; message: MessageKey };

/** The message as it is now. @returns undefined where what it is about is gone */
export async function composeMessage(
  { warehouse, pageUrl }: Pick<Dependencies, 'warehouse' | 'pageUrl'>,
  { tenant_id, channel, message }: Wanted,
): Promise<Message | undefined> {
  if (message.of === 'test') return testMessage(channel.name, new Date(), pageUrl);
  if (message.of === 'digest') {
    const period = digestOf(message.id);
    const facts = period && (await readDigest(warehouse, tenant_id, channel, period));
    return facts && digestMessage({ channel, period, facts, at: new Date() }, pageUrl);
  }
  const alert = await insist(() => readAlert(warehouse, tenant_id, message.id), Boolean);
  return alert && alertMessage(alert, pageUrl);
}
