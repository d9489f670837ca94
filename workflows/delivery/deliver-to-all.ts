import type { MessageKey } from '#domain/channels/message.ts';
import { failureType } from '../activities/activity-failure.ts';
import { deliver, keepReceipt } from '../activities/activity-proxies.ts';

/**
 * Delivers a message to channels, each by itself: one that fails for a day holds up no other, and its receipts say so.
 * Throws what is no fault of a receiver, such as a cancellation, once all have ended.
 */
export async function deliverToAll(tenant_id: string, channelIds: string[], message: MessageKey): Promise<void> {
  const ended = await Promise.allSettled(channelIds.map((channel_id) => deliverTo({ tenant_id, channel_id, message })));
  for (const each of ended) {
    if (each.status === 'rejected' && failureType(each.reason) !== 'not_delivered') throw each.reason;
  }
}

async function deliverTo(toDeliver: { tenant_id: string; channel_id: string; message: MessageKey }): Promise<void> {
  const unkept = await deliver.executeWithOptions({ summary: toDeliver.channel_id }, [toDeliver]);
  if (unkept) await keepReceipt(unkept);
}
