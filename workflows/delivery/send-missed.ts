import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Resent } from '#domain/channels/channel.ts';
import { deliverOnce, listMissed } from '../activities/activity-proxies.ts';
import type { ChannelToResend } from '../contract/messages.ts';
import { tenantId } from '../contract/search-attributes.ts';
import { checkInput } from '../input/check-input.ts';

/** Sends what a channel has not got, the oldest first, until one does not arrive. */
export async function sendMissed({ tenant_id, channel_id }: ChannelToResend): Promise<Resent> {
  checkInput({ tenant_id, channel_id }, ['tenant_id', 'channel_id']);
  upsertSearchAttributes([{ key: tenantId, value: tenant_id }]);
  const { missed, messages } = await listMissed({ tenant_id, channel_id });
  for (const [sent, message] of messages.entries()) {
    const receipt = await deliverOnce({ tenant_id, channel_id, message });
    if (receipt && receipt.outcome !== 'delivered') return { sent, left: missed - sent, failure: receipt };
  }
  return { sent: messages.length, left: missed - messages.length, failure: null };
}
