import type { Client, ScheduleHandle, WorkflowHandle } from '@temporalio/client';
import { vi } from 'vitest';
import type { IntegrationKey } from '#domain/integration.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';

/** Has the daily schedule of an integration start a run, and returns it once it is there: Temporal's list would lag. */
export async function startScheduled(
  temporal: Client,
  key: IntegrationKey,
  start = (schedule: ScheduleHandle) => schedule.trigger(),
): Promise<WorkflowHandle> {
  const schedule = temporal.schedule.getHandle(dailySyncId(key));
  const before = (await schedule.describe()).info.numActionsTaken;
  await start(schedule);
  const run = await vi.waitFor(
    async () => {
      const { info } = await schedule.describe();
      const action = info.recentActions.at(-1)?.action;
      if (info.numActionsTaken === before || !action) throw new Error('not started yet');
      return action.workflow;
    },
    { timeout: 200_000, interval: 100 },
  );
  return temporal.workflow.getHandle(run.workflowId, run.firstExecutionRunId);
}
