import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Resent } from '#domain/channels/channel.ts';
import { keepReceipt, listMissed, resend } from '../activities/activity-proxies.ts';
import type { ChannelToResend } from '../contract/messages.ts';
import { tenantId } from '../contract/search-attributes.ts';
import { checkInput } from '../input/check-input.ts';

/** Sends what a channel has not got, the oldest first, until it takes none. */
export async function sendMissed({ tenant_id, channel_id }: ChannelToResend): Promise<Resent> {
  checkInput({ tenant_id, channel_id }, ['tenant_id', 'channel_id']);
  upsertSearchAttributes([{ key: tenantId, value: tenant_id }]);
  const { missed, messages } = await listMissed({ tenant_id, channel_id });
  const resent: Resent = { sent: 0, left: missed, failure: null };
  for (const message of messages) {
    const done = await resend({ tenant_id, channel_id, message });
    // Without its receipt it would be sent again by the next request.
    if (done?.unkept) await keepReceipt(done.unkept);
    if (!done || done.receipt.outcome === 'delivered') resent.left -= 1;
    else resent.failure ??= done.receipt;
    if (done?.receipt.outcome === 'delivered') resent.sent += 1;
    if (done?.othersMayArrive === false) break;
  }
  return resent;
}
