import { upsertSearchAttributes } from '@temporalio/workflow';
import type { DigestToSend } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { deliverToAll } from './delivery/deliver-to-all.ts';
import { checkInput } from './input/check-input.ts';

/** A digest for a channel, which is sent once: Temporal starts a workflow of its id once. */
export async function sendDigest({ tenant_id, channel_id, digest_id }: DigestToSend): Promise<void> {
  checkInput({ tenant_id, channel_id }, ['tenant_id', 'channel_id']);
  upsertSearchAttributes([{ key: tenantId, value: tenant_id }]);
  await deliverToAll(tenant_id, [channel_id], { of: 'digest', id: digest_id });
}
