import type { MessageKey } from '#domain/channels/message.ts';
import { deliver } from '../activities/activity-proxies.ts';

/** Delivers a message to channels, each by itself: one that fails for a day holds up no other. Its receipts say so. */
export async function deliverToAll(tenant_id: string, channelIds: string[], message: MessageKey): Promise<void> {
  await Promise.all(
    channelIds.map((channel_id) =>
      deliver.executeWithOptions({ summary: channel_id }, [{ tenant_id, channel_id, message }]).catch(() => {}),
    ),
  );
}
