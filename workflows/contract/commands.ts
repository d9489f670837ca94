import {
  type Client,
  type ScheduleOptions,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  type WorkflowOptions,
} from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { Day, DayRange } from '#domain/day.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import type { Reconciliation } from '#domain/sync.ts';
import type { WorkflowKind } from '#domain/workflow-ids.ts';
import {
  changeId,
  connectId,
  dailySyncId,
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
} from './messages.ts';
import type { Workflows } from './workflows.ts';

// How the API and activities start and signal workflows. Workflows must not import this file: it imports the Temporal
// client.

export type Attempt = WorkflowHandle<Workflows['connectIntegration']>;

/** The attempt to connect with a key, whether it runs or has ended. */
export const attemptOf = (temporal: Client, credential: CredentialId): Attempt =>
  temporal.workflow.getHandle(connectId(credential));

/** Starts the attempt to connect with a stored key, or joins the one that runs. It is durable once this resolves. */
export async function startAttempt(temporal: Client, key: KeyToConnect): Promise<void> {
  await temporal.workflow.start<Workflows['connectIntegration']>(nameOf('connectIntegration'), {
    workflowId: connectId(key),
    taskQueue: TASK_QUEUE,
    args: [key],
    priority: { fairnessKey: fairnessKeyOf(key.tenant_id) },
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
  return temporal.workflow.signalWithStart<Workflows['changeIntegration'], [Change]>(nameOf('changeIntegration'), {
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
  return temporal.workflow.start<Workflows['syncRange']>(nameOf('syncRange'), {
    workflowId: syncRangeId(sync, idempotencyHash),
    taskQueue: TASK_QUEUE,
    args: [sync],
    priority: { fairnessKey: fairnessKeyOf(tenant_id) },
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
export function sweepAgain(temporal: Client, purge: IntegrationKey & { purged_at: number }): Promise<void> {
  const workflowId = sweepId(purge, purge.purged_at);
  // By an id of its own, it files the deletions anew: those of the purge may have been ended as well.
  const again = { ...purge, purge_id: `${purge.integration_id}/${purge.purged_at}` };
  return startOnce(temporal, 'sweepPurged', again, {
    workflowId,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `Sweep ${purge.integration_id} of ${purge.tenant_id}`,
  });
}

/** Temporal refuses an id that was used, for as long as it retains the workflow. */
async function startOnce<Name extends 'judgeBudget' | 'raiseAlert' | 'sendDigest' | 'sweepPurged' | 'tellEvents'>(
  temporal: Client,
  name: Name,
  input: Parameters<Workflows[Name]>[0],
  named: Pick<WorkflowOptions, 'workflowId' | 'workflowIdReusePolicy' | 'staticSummary'>,
): Promise<void> {
  try {
    await temporal.workflow.start(nameOf(name), {
      ...named,
      taskQueue: TASK_QUEUE,
      args: input ? [input] : [],
      ...(input && { priority: { fairnessKey: fairnessKeyOf(input.tenant_id) } }),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Sends a test to a channel. Its result is the receipt; null where the channel is gone. */
export function startChannelTest(
  temporal: Client,
  channel: ChannelToTest,
): Promise<WorkflowHandle<Workflows['testChannel']>> {
  const { tenant_id, channel_id } = channel;
  return temporal.workflow.start<Workflows['testChannel']>(nameOf('testChannel'), {
    workflowId: testChannelId(channel),
    taskQueue: TASK_QUEUE,
    args: [channel],
    priority: { fairnessKey: fairnessKeyOf(tenant_id) },
    staticSummary: `Test of ${channel_id} of ${tenant_id}`,
  });
}

/** Sends again what a channel has not got, or joins the run that does. Its result is what came of it. */
export function startSendMissed(
  temporal: Client,
  channel: ChannelToResend,
): Promise<WorkflowHandle<Workflows['sendMissed']>> {
  const { tenant_id, channel_id } = channel;
  return temporal.workflow.start<Workflows['sendMissed']>(nameOf('sendMissed'), {
    workflowId: sendMissedId(channel),
    taskQueue: TASK_QUEUE,
    args: [channel],
    priority: { fairnessKey: fairnessKeyOf(tenant_id) },
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `What ${channel_id} of ${tenant_id} has not got`,
  });
}

/** How many syncs of ranges a tenant has running, as Temporal lists them: what began a second ago may be missing. */
export async function countRangeSyncs(temporal: Client, tenantId: string): Promise<number> {
  const prefix = JSON.stringify(`${'sync' satisfies WorkflowKind}/${tenantId}/`);
  const { count } = await temporal.workflow.count(`ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH ${prefix}`);
  return count;
}

const HALF_AN_HOUR_MS = 30 * 60_000;

/** How many changes of integrations have run for half an hour, and purges for two: each ends sooner, unless it cannot. */
export async function countStuckChanges(temporal: Client, now: Date): Promise<number> {
  const isStuck = (name: keyof Workflows, halfHours: number) =>
    `WorkflowType = '${name}' AND StartTime < '${new Date(now.getTime() - halfHours * HALF_AN_HOUR_MS).toISOString()}'`;
  const { count } = await temporal.workflow.count(
    `ExecutionStatus = 'Running' AND ((${isStuck('changeIntegration', 1)}) OR (${isStuck('sweepPurged', 4)}))`,
  );
  return count;
}

/** What an integration's daily schedule starts. */
export function startDailySync(integration: IntegrationKey): ScheduleOptions['action'] {
  // The SDK sends the priority; its type of a schedule's action lacks it.
  const action = {
    type: 'startWorkflow' as const,
    workflowType: nameOf('dailySync'),
    workflowId: dailySyncId(integration),
    taskQueue: TASK_QUEUE,
    args: [integration],
    priority: { fairnessKey: fairnessKeyOf(integration.tenant_id) },
  };
  return action;
}

/** What the hourly schedule starts. */
export const startReconciliation: ScheduleOptions['action'] = {
  type: 'startWorkflow',
  workflowType: 'reconcileIntegrations' satisfies keyof Workflows,
  workflowId: RECONCILE_ID,
  taskQueue: TASK_QUEUE,
  args: [],
};

/** Compares all integrations with Temporal now, or joins the run that does, and waits for its result. */
export function reconcileNow(temporal: Client): Promise<Reconciliation> {
  return temporal.workflow.execute<Workflows['reconcileIntegrations']>(nameOf('reconcileIntegrations'), {
    workflowId: RECONCILE_ID,
    taskQueue: TASK_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'Compare all integrations with Temporal',
  });
}

/** Temporal knows workflows by name; the compiler checks that one has it. */
const nameOf = (name: keyof Workflows) => name;
