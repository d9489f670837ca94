import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Receipt } from '#domain/channels/channel.ts';
import { deliverOnce } from './activities/activity-proxies.ts';
import type { ChannelToTest } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { checkInput } from './input/check-input.ts';

/** Sends a test to a channel, once. @returns its receipt; null where the channel is gone */
export async function testChannel({ tenant_id, channel_id, test_id }: ChannelToTest): Promise<Receipt | null> {
  checkInput({ tenant_id, channel_id }, ['tenant_id', 'channel_id']);
  upsertSearchAttributes([{ key: tenantId, value: tenant_id }]);
  return deliverOnce({ tenant_id, channel_id, message: { of: 'test', id: test_id } });
}
