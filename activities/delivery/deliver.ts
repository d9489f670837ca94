import { hash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { readChannelSecret } from '#clickhouse/channels/channel-secrets.ts';
import { readChannel } from '#clickhouse/channels/channels.ts';
import { type DeliveryKey, writeDelivery } from '#clickhouse/channels/deliveries.ts';
import { SealingError } from '#credentials/sealing.ts';
import type { Channel, Receipt } from '#domain/channels/channel.ts';
import { waitAfter } from '#domain/channels/delivery-retries.ts';
import type { MessageKey } from '#domain/channels/message.ts';
import type { Sent } from '#domain/channels/send.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { composeMessage } from './compose-message.ts';

/** Names a channel and what it is to get. */
export type ToDeliver = { tenant_id: string; channel_id: string; message: MessageKey };

type Context = Pick<Dependencies, 'warehouse' | 'opener' | 'send' | 'pageUrl'>;

/** Delivers a message to a channel, or fails so that it is tried again. Does nothing once the channel is deleted. */
export async function deliver(context: Context, toDeliver: ToDeliver): Promise<void> {
  const sent = await attempt(context, toDeliver);
  if (!sent || sent.outcome === 'delivered') return;
  throw ApplicationFailure.create({
    type: 'not_delivered',
    message: `${sent.outcome} ${sent.status || ''}`.trim(),
    // The receiver says that it is gone for good.
    nonRetryable: sent.status === 410,
    ...(sent.retryAfterMs !== undefined && { nextRetryDelay: waitAfter(activityInfo().attempt, sent.retryAfterMs) }),
  });
}

/** Sends a test to a channel, once. @returns null where there is no such channel */
export async function deliverOnce(context: Context, toDeliver: ToDeliver): Promise<Receipt | null> {
  const sent = await attempt(context, toDeliver);
  return sent ? { outcome: sent.outcome, status: sent.status } : null;
}

/** Sends a message to a channel, and keeps the receipt. */
async function attempt(context: Context, { tenant_id, channel_id, message }: ToDeliver): Promise<Sent | undefined> {
  const { warehouse, send } = context;
  const channel = await readChannel(warehouse, tenant_id, channel_id);
  const composed = channel && (await composeMessage(context, { tenant_id, channel, message }));
  if (!composed) return undefined;
  const at = Date.now();
  const key = { tenant_id, channel_id, message_id: message.id };
  const target = await targetOf(context, key, channel);
  const sent = target ? await send(channel.kind, target, composed) : UNREADABLE;
  await writeDelivery(warehouse, key, at, { outcome: sent.outcome, status: sent.status });
  return sent;
}

const UNREADABLE: Sent = { outcome: 'secret_unreadable', status: 0 };

/** @returns undefined where the secrets cannot be opened */
async function targetOf({ warehouse, opener }: Context, key: DeliveryKey, { kind, recipients }: Channel) {
  const open = (name: 'url' | 'signing_secret') => readChannelSecret(warehouse, opener, key, name);
  try {
    return {
      id: `msg_${hash('sha256', JSON.stringify([key.tenant_id, key.channel_id, key.message_id]), 'hex').slice(0, 32)}`,
      url: kind === 'email' ? '' : await open('url'),
      signing_secret: kind === 'webhook' ? await open('signing_secret') : '',
      recipients,
    };
  } catch (error) {
    if (error instanceof SealingError) return undefined;
    throw error;
  }
}
