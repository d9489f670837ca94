import { hash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { readChannelSecret } from '#clickhouse/channels/channel-secrets.ts';
import { readChannel } from '#clickhouse/channels/channels.ts';
import { type DeliveryKey, readReceived } from '#clickhouse/channels/deliveries.ts';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { SealingError } from '#credentials/sealing.ts';
import type { Channel, Receipt } from '#domain/channels/channel.ts';
import { waitAfter } from '#domain/channels/delivery-retries.ts';
import type { MessageKey } from '#domain/channels/message.ts';
import { refusesMessage } from '#domain/channels/refuses-message.ts';
import type { Sent } from '#domain/channels/send.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { notedPosition, notePosition } from '../context/heartbeat-position.ts';
import { composeMessage } from './compose-message.ts';
import { type Kept, keepReceipt } from './keep-receipt.ts';

/** Names a channel and what it is to get. */
export type ToDeliver = { tenant_id: string; channel_id: string; message: MessageKey };

type Context = Pick<Dependencies, 'warehouse' | 'opener' | 'send' | 'pageUrl'>;

/**
 * Delivers a message to a channel, or fails so that it is tried again. Does nothing once the channel is deleted.
 * @returns the receipt where it could not be kept: to deliver once more on its account would be to deliver twice
 */
export async function deliver(context: Context, toDeliver: ToDeliver): Promise<Kept | null> {
  const { tenant_id, channel_id, message } = toDeliver;
  // It may have been sent again by request meanwhile.
  const key = { tenant_id, channel_id, message_id: message.id };
  const received = activityInfo().attempt > 1 ? await readReceived(context.warehouse, key) : undefined;
  if (received?.is_delivered) return null;
  const done = await attempt(context, toDeliver, [...gotIt(), ...(received?.accepted ?? [])]);
  if (!done) return null;
  const { sent, unkept } = done;
  if (sent.outcome === 'delivered') return unkept;
  throw ApplicationFailure.create({
    type: 'not_delivered',
    message: `${sent.outcome} ${sent.status || ''}`.trim(),
    nonRetryable: sent.isFinal === true,
    ...(sent.retryAfterMs !== undefined && { nextRetryDelay: waitAfter(activityInfo().attempt, sent.retryAfterMs) }),
  });
}

/** Sends a test to a channel, once. @returns null where the channel is gone */
export async function deliverOnce(context: Context, toDeliver: ToDeliver): Promise<Receipt | null> {
  const done = await attempt(context, toDeliver, []);
  return done ? { outcome: done.sent.outcome, status: done.sent.status } : null;
}

/** How it went. `unkept`: as of `deliver`. `othersMayArrive`: whether it says nothing of the next message. */
export type Resend = { receipt: Receipt; unkept: Kept | null; othersMayArrive: boolean };

/** Sends what a channel has not got, once. @returns null where it has got it meanwhile, or it or the message is gone */
export async function resend(context: Context, toDeliver: ToDeliver): Promise<Resend | null> {
  const { tenant_id, channel_id, message } = toDeliver;
  const received = await readReceived(context.warehouse, { tenant_id, channel_id, message_id: message.id });
  if (received.is_delivered) return null;
  const done = await attempt(context, toDeliver, received.accepted);
  if (!done) return null;
  const { sent, unkept, kind } = done;
  const { outcome, status } = sent;
  const othersMayArrive = outcome === 'delivered' || refusesMessage(kind, sent);
  return { receipt: { outcome, status }, unkept, othersMayArrive };
}

/**
 * Sends a message to a channel, and keeps the receipt.
 * @param got the names of those who have got the e-mail
 * @returns undefined where the channel or the message is gone
 */
async function attempt(context: Context, { tenant_id, channel_id, message }: ToDeliver, got: readonly string[]) {
  const channel = await readChannel(context.warehouse, tenant_id, channel_id);
  const composed = channel && (await composeMessage(context, { tenant_id, channel, message }));
  if (!composed) return undefined;
  const attempted_at = Date.now();
  const key = { tenant_id, channel_id, message_id: message.id };
  const recipients = channel.recipients.filter((each) => !got.includes(nameOf(each)));
  // Who refused it may be no recipient any more.
  const isDone = channel.recipients.length > 0 && recipients.length === 0;
  const target = await targetOf(context, key, { ...channel, recipients });
  const sent = isDone ? DONE : target ? await context.send(channel.kind, target, composed) : UNREADABLE;
  const accepted = sent.accepted?.map(nameOf);
  if (accepted) notePosition([...got, ...accepted]);
  const receipt = { ...key, attempted_at, outcome: sent.outcome, status: sent.status, accepted };
  return { kind: channel.kind, sent, unkept: (await isKept(context, receipt)) ? null : receipt };
}

/** Those who got an e-mail in an earlier attempt that left no receipt. Temporal and receipts keep no addresses. */
const gotIt = () => (notedPosition() as string[] | undefined) ?? [];
const nameOf = (address: string) => hash('sha256', address, 'hex').slice(0, 16);

/** What was sent is sent: a warehouse that takes no receipt, such as one whose disk is full, changes nothing about it. */
async function isKept(context: Context, receipt: Kept): Promise<boolean> {
  try {
    await keepReceipt(context, receipt);
    return true;
  } catch (error) {
    if (error instanceof WarehouseError) return false;
    throw error;
  }
}

const DONE: Sent = { outcome: 'delivered', status: 250 };
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
