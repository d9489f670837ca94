import type { MessageKey } from '#domain/channels/message.ts';
import { deliver, keepReceipt } from '../activities/activity-proxies.ts';

/** Delivers a message to channels, each by itself: one that fails for a day holds up no other. Its receipts say so. */
export async function deliverToAll(tenant_id: string, channelIds: string[], message: MessageKey): Promise<void> {
  await Promise.all(channelIds.map((channel_id) => deliverTo({ tenant_id, channel_id, message }).catch(() => {})));
}

async function deliverTo(toDeliver: { tenant_id: string; channel_id: string; message: MessageKey }): Promise<void> {
  const unkept = await deliver.executeWithOptions({ summary: toDeliver.channel_id }, [toDeliver]);
  if (unkept) await keepReceipt(unkept);
}
