import type { CredentialId, IntegrationKey } from '#domain/integration.ts';

/** The names that ops see in the Temporal UI, and that the API finds workflows by. Ids only, nothing secret. */
export const TASK_QUEUE = 'openai-costs';
/** Where reading from OpenAI waits for its turn, so that nothing else waits behind it. */
export const READS_TASK_QUEUE = 'openai-costs-reads';

export const connectId = ({ tenant_id, credential_id }: CredentialId) => `connect/${tenant_id}/${credential_id}`;

export const backfillId = ({ tenant_id, integration_id }: IntegrationKey, { credential_id }: CredentialId) =>
  `backfill/${tenant_id}/${integration_id}/${credential_id}`;

/** Whatever changes an integration is a run of this one workflow: of one id, Temporal runs one at a time. */
export const changeId = ({ tenant_id, integration_id }: IntegrationKey) => `change/${tenant_id}/${integration_id}`;

export const syncRangeId = (
  { tenant_id, integration_id }: IntegrationKey,
  { from, to }: { from: string; to: string },
) => `sync/${tenant_id}/${integration_id}/${from}/${to}`;

/** A sync that was asked for with an idempotency key, of which this is a hash. */
export const syncOnceId = ({ tenant_id, integration_id }: IntegrationKey, hash: string) =>
  `sync/${tenant_id}/${integration_id}/once/${hash}`;

/** What the ids of all workflows that read an integration's days begin with. */
export const syncIdPrefixes = (key: IntegrationKey) =>
  ['backfill', 'daily-sync', 'sync'].map((kind) => `${kind}/${key.tenant_id}/${key.integration_id}`);

/** The schedule's id, and the beginning of its runs' ids. */
export const dailySyncId = ({ tenant_id, integration_id }: IntegrationKey) =>
  `daily-sync/${tenant_id}/${integration_id}`;
