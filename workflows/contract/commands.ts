import type { Client, WorkflowHandle } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { Day, DayRange } from '#domain/day.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import type { Reconciliation } from '#domain/sync.ts';
import {
  changeId,
  connectId,
  fairnessKeyOf,
  judgeBudgetId,
  RECONCILE_ID,
  raiseAlertId,
  sendDigestId,
  sendMissedId,
  sweepId,
  syncRangeId,
  TASK_QUEUE,
  tellEventsId,
  testChannelId,
} from './ids.ts';
import type {
  AlertToRaise,
  BudgetToJudge,
  ChannelToResend,
  ChannelToTest,
  DigestToSend,
  KeyToConnect,
  Purged,
} from './messages.ts';
import { start, startOnce } from './start.ts';
import type { Workflows } from './workflows.ts';

// How the API and activities start and signal workflows. Workflows must not import this file: it imports the Temporal
// client.

export type Attempt = WorkflowHandle<Workflows['connectIntegration']>;

/** The attempt to connect with a key, whether it runs or has ended. */
export const attemptOf = (temporal: Client, credential: CredentialId): Attempt =>
  temporal.workflow.getHandle(connectId(credential));

/** Starts the attempt to connect with a stored key, or joins the one that runs. It is durable once this resolves. */
export async function startAttempt(temporal: Client, key: KeyToConnect): Promise<void> {
  await start(temporal, 'connectIntegration', key, {
    workflowId: connectId(key),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `Connect an organization of ${key.tenant_id}`,
  });
}

/** Sends a change to an integration. It is durable once sent, and runs when the changes before it have ended. */
export function requestChange<Change>(
  temporal: Client,
  integration: IntegrationKey,
  signal: SignalDefinition<[Change]>,
  change: Change,
): Promise<WorkflowHandle<Workflows['changeIntegration']>> {
  const { tenant_id, integration_id } = integration;
  return temporal.workflow.signalWithStart<Workflows['changeIntegration'], [Change]>('changeIntegration', {
    workflowId: changeId(integration),
    taskQueue: TASK_QUEUE,
    args: [{ tenant_id, integration_id }],
    priority: { fairnessKey: fairnessKeyOf(tenant_id) },
    signal,
    signalArgs: [change],
    staticSummary: `Changes of ${integration_id} of ${tenant_id}`,
  });
}

/**
 * Starts reading the days of a range again, or joins the sync of the same range that runs.
 * @param idempotencyHash with it, a second start throws WorkflowExecutionAlreadyStartedError, also after the first ended
 */
export function startRangeSync(
  temporal: Client,
  { tenant_id, integration_id, from, to }: IntegrationKey & DayRange,
  idempotencyHash?: string,
): Promise<WorkflowHandle<Workflows['syncRange']>> {
  const sync = { tenant_id, integration_id, from, to };
  return start(temporal, 'syncRange', sync, {
    workflowId: syncRangeId(sync, idempotencyHash),
    ...(idempotencyHash
      ? { workflowIdReusePolicy: 'REJECT_DUPLICATE', workflowIdConflictPolicy: 'FAIL' }
      : { workflowIdConflictPolicy: 'USE_EXISTING' }),
    memo: { from, to },
    staticSummary: `Read ${from} to ${to} again for ${tenant_id}`,
  });
}

/** Has a budget judged that was created or changed; does nothing where its revision was judged so already. */
export function judgeBudget(temporal: Client, budget: BudgetToJudge): Promise<void> {
  return startOnce(temporal, 'judgeBudget', budget, {
    workflowId: judgeBudgetId(budget),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `Judge ${budget.budget_id} of ${budget.tenant_id}`,
  });
}

/**
 * Raises an alert, once: does nothing where it was raised already. One that failed, or was ended, is raised again; what
 * was delivered of it by then is not delivered again.
 */
export function raiseAlert(temporal: Client, alert: AlertToRaise): Promise<void> {
  return startOnce(temporal, 'raiseAlert', alert, {
    workflowId: raiseAlertId(alert),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `Alert of ${alert.tenant_id}: ${alert.kind}`,
  });
}

/** Sends a digest to a channel, once: does nothing where it was sent already. */
export function sendDigest(temporal: Client, digest: DigestToSend): Promise<void> {
  return startOnce(temporal, 'sendDigest', digest, {
    workflowId: sendDigestId(digest),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${digest.digest_id} for ${digest.channel_id} of ${digest.tenant_id}`,
  });
}

/** Looks for the events of a day of all tenants, once: does nothing where that was done. One that failed is tried again. */
export function tellEvents(temporal: Client, day: Day): Promise<void> {
  return startOnce(temporal, 'tellEvents', undefined, {
    workflowId: tellEventsId(day),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `Events of all tenants on ${day}`,
  });
}

/** Has a purge finished and swept again, unless its sweep runs or has ended well: an operator may have ended it. */
export function sweepAgain(temporal: Client, purge: Purged): Promise<void> {
  const workflowId = sweepId(purge, purge.purged_at);
  // By an id of its own, it files the deletions anew: those of the purge may have been ended as well.
  const again = { ...purge, purge_id: `${purge.integration_id}/${purge.purged_at}` };
  return startOnce(temporal, 'sweepPurged', again, {
    workflowId,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `Sweep ${purge.integration_id} of ${purge.tenant_id}`,
  });
}

/** Sends a test to a channel. Its result is the receipt; null where the channel is gone. */
export function startChannelTest(
  temporal: Client,
  channel: ChannelToTest,
): Promise<WorkflowHandle<Workflows['testChannel']>> {
  return start(temporal, 'testChannel', channel, {
    workflowId: testChannelId(channel),
    staticSummary: `Test of ${channel.channel_id} of ${channel.tenant_id}`,
  });
}

/** Sends again what a channel has not got, or joins the run that does. Its result is what came of it. */
export function startSendMissed(
  temporal: Client,
  channel: ChannelToResend,
): Promise<WorkflowHandle<Workflows['sendMissed']>> {
  return start(temporal, 'sendMissed', channel, {
    workflowId: sendMissedId(channel),
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `What ${channel.channel_id} of ${channel.tenant_id} has not got`,
  });
}

/** Compares all integrations with Temporal now, or joins the run that does, and waits for its result. */
export async function reconcileNow(temporal: Client): Promise<Reconciliation> {
  const run = await start(temporal, 'reconcileIntegrations', undefined, {
    workflowId: RECONCILE_ID,
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'Compare all integrations with Temporal',
  });
  return run.result();
}
