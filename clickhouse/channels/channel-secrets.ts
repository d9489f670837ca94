import { z } from 'zod';
import type { Opener, Sealer } from '#credentials/sealing.ts';
import type { Warehouse } from '../client/client.ts';
import { readCredential, storeCredential } from '../integrations/credentials.ts';

export const CHANNEL_SECRETS = ['url', 'signing_secret'] as const;
export type ChannelSecret = (typeof CHANNEL_SECRETS)[number];

type Owner = { tenant_id: string; channel_id: string };

const nameOf = ({ tenant_id, channel_id }: Owner, name: ChannelSecret) => ({
  tenant_id,
  credential_id: `${channel_id}/${name}`,
});

/** Seals a secret of a channel and stores it in place of the one before. */
export async function storeChannelSecret(
  { warehouse, sealer }: { warehouse: Warehouse; sealer: Sealer },
  owner: Owner,
  name: ChannelSecret,
  secret: string,
): Promise<void> {
  const id = nameOf(owner, name);
  await storeCredential(warehouse, id, await sealer.seal(secret, id), 'channel_secrets');
}

/** The secret in clear text; it must not leave the activity that opens it. Throws SealingError where it does not open. */
export async function readChannelSecret(warehouse: Warehouse, opener: Opener, owner: Owner, name: ChannelSecret) {
  const id = nameOf(owner, name);
  const sealed = await readCredential(warehouse, id, 'channel_secrets');
  return opener.open(sealed ?? NONE, id);
}

const NONE = { key_id: '', encapsulation: '', ciphertext: '' };

/** Puts nothing in the place of a channel's secrets, so that none opens from now on; reconciliation deletes the rows. */
export async function blankChannelSecrets(warehouse: Warehouse, owner: Owner): Promise<void> {
  for (const name of CHANNEL_SECRETS) await storeCredential(warehouse, nameOf(owner, name), NONE, 'channel_secrets');
}

/** The secrets, older than an hour, of channels that are gone; `version`: which copy of it. */
export function listUnusedChannelSecrets(warehouse: Warehouse) {
  return warehouse.query({
    name: 'unused channel secrets',
    sql: `SELECT tenant_id, credential_id, version FROM channel_secrets FINAL
          WHERE version < toUnixTimestamp64Milli(now64(3)) - 3600000
            AND (tenant_id, splitByChar('/', credential_id)[1]) NOT IN (
              SELECT tenant_id, channel_id FROM channels FINAL WHERE NOT is_deleted)`,
    row: z.object({ tenant_id: z.string(), credential_id: z.string(), version: z.coerce.number() }),
  });
}
