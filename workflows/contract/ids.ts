import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { workflowIdPrefix } from '#domain/workflow-ids.ts';

/** The names that ops see in the Temporal UI, and that the API finds workflows by. Ids only, nothing secret. */
export const TASK_QUEUE = 'openai-costs';
/** Where reading from OpenAI waits for its turn, so that nothing else waits behind it. */
export const READS_TASK_QUEUE = 'openai-costs-reads';

export const connectId = ({ tenant_id, credential_id }: CredentialId) => `connect/${tenant_id}/${credential_id}`;

export const backfillId = (key: IntegrationKey, { credential_id }: CredentialId) =>
  `${workflowIdPrefix('backfill', key)}/${credential_id}`;

/** Whatever changes an integration is a run of this one workflow: of one id, Temporal runs one at a time. */
export const changeId = (key: IntegrationKey) => workflowIdPrefix('change', key);

export const syncRangeId = (key: IntegrationKey, { from, to }: { from: string; to: string }) =>
  `${workflowIdPrefix('sync', key)}/${from}/${to}`;

/** A sync that was asked for with an idempotency key, of which this is a hash. */
export const syncOnceId = (key: IntegrationKey, hash: string) => `${workflowIdPrefix('sync', key)}/once/${hash}`;

/** What the ids of all workflows that read an integration's days begin with. */
export const syncIdPrefixes = (key: IntegrationKey) =>
  (['backfill', 'daily-sync', 'sync'] as const).map((kind) => workflowIdPrefix(kind, key));

/** The schedule's id, and the beginning of its runs' ids. */
export const dailySyncId = (key: IntegrationKey) => workflowIdPrefix('daily-sync', key);
