import type { Day, DayRange } from '#domain/day.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { type WorkflowKind, workflowIdPrefix } from '#domain/workflow-ids.ts';
import type { Purged } from './messages.ts';

// The names that ops see in the Temporal UI and that the API finds workflows by. Nothing in them is secret.

export const TASK_QUEUE = 'openai-costs';
/** Reads from the provider have a queue of their own, so that nothing else waits behind them. */
export const READS_TASK_QUEUE = 'openai-costs-reads';

export const connectId = ({ tenant_id, credential_id }: CredentialId) => `connect/${tenant_id}/${credential_id}`;

export const backfillId = (key: IntegrationKey, { credential_id }: CredentialId) =>
  `${workflowIdPrefix('backfill', key)}/${credential_id}`;

/** All changes of an integration share this id, so Temporal runs one of them at a time. */
export const changeId = (key: IntegrationKey) => workflowIdPrefix('change', key);

/**
 * A range that is read again. The same range has the same id, so a second request joins the first.
 * @param idempotencyHash hash of the request's idempotency key, which then names the sync in place of its range
 */
export function syncRangeId({ from, to, ...key }: IntegrationKey & DayRange, idempotencyHash = ''): string {
  const name = idempotencyHash ? `once/${idempotencyHash}` : `${from}/${to}`;
  return `${workflowIdPrefix('sync', key)}/${name}`;
}

/** What Temporal gives turns by, where `matching.enableFairness` is on; it takes 64 characters. */
export const fairnessKeyOf = (tenantId: string) => tenantId.slice(0, 64);

/** The sweep after a purge. `purgedAt`: unix milliseconds. */
export const sweepId = (key: IntegrationKey, purgedAt: number) => `${workflowIdPrefix('sweep', key)}/${purgedAt}`;

/** The purge that the id of a sweep names. */
export function purgeOfId(id: string): Purged {
  const end = id.lastIndexOf('/');
  return { ...integrationOf(id.slice(0, end)), purged_at: Number(id.slice(end + 1)) };
}

/** The id of the daily schedule, and the prefix of the ids of its runs. */
export const dailySyncId = (key: IntegrationKey) => workflowIdPrefix('daily-sync', key);

export const DAILY_SYNC_PREFIX = `${'daily-sync' satisfies WorkflowKind}/`;

/** The integration that the id of a daily schedule, or of the integration's changes, names. */
export function integrationOf(id: string): IntegrationKey {
  const [start, end] = [id.indexOf('/'), id.lastIndexOf('/')];
  return { tenant_id: id.slice(start + 1, end), integration_id: id.slice(end + 1) };
}

/** The first judgement of a budget's revision. */
export const judgeBudgetId = ({
  tenant_id,
  budget_id,
  revision,
}: {
  tenant_id: string;
  budget_id: string;
  revision: number;
}) => `budget/${tenant_id}/${budget_id}/${revision}`;

/** An alert. Temporal starts one workflow of an id, so that it is raised once. */
export const raiseAlertId = ({ tenant_id, alert_id }: { tenant_id: string; alert_id: string }) =>
  `alert/${tenant_id}/${alert_id}`;

/** The alert that such an id names. */
export function alertOfId(id: string): { tenant_id: string; alert_id: string } {
  const [, ...rest] = id.split('/');
  const alert_id = rest.pop() ?? '';
  return { tenant_id: rest.join('/'), alert_id };
}

/** A digest for a channel. Temporal starts one workflow of an id, so that it is sent once. */
export const sendDigestId = ({
  tenant_id,
  channel_id,
  digest_id,
}: Record<'tenant_id' | 'channel_id' | 'digest_id', string>) => `digest/${tenant_id}/${channel_id}/${digest_id}`;

/** The look for what takes reading days: one of a day. */
export const tellEventsId = (day: Day) => `events/${day}`;

/** A test of a channel. */
export const testChannelId = ({ tenant_id, test_id }: { tenant_id: string; test_id: string }) =>
  `channel-test/${tenant_id}/${test_id}`;

/** Sending again what a channel has not got: a second request joins the first. */
export const sendMissedId = ({ tenant_id, channel_id }: { tenant_id: string; channel_id: string }) =>
  `missed/${tenant_id}/${channel_id}`;

/** The id of the hourly schedule that compares all integrations with Temporal, and of its runs. */
export const RECONCILE_ID = 'reconcile-integrations';

/** The prefixes of the ids of all workflows that read an integration's days. */
export const syncIdPrefixes = (key: IntegrationKey) =>
  (['backfill', 'daily-sync', 'sync'] as const).map((kind) => workflowIdPrefix(kind, key));
