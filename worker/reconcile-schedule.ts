import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { RECONCILE_ID } from '#workflows/contract/ids.ts';
import { startReconciliation } from '#workflows/contract/schedules.ts';

const schedule: ScheduleOptions = {
  scheduleId: RECONCILE_ID,
  spec: { intervals: [{ every: '1 hour' }], jitter: '5 minutes' },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
  action: startReconciliation,
  state: { note: 'Compares all integrations with Temporal and repairs what is lost' },
};

/** Creates the hourly schedule of the reconciliation, or gives it today's settings. One that is paused stays paused. */
export async function ensureReconcileSchedule(temporal: Client): Promise<void> {
  try {
    await temporal.schedule.create(schedule);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(RECONCILE_ID).update(({ state }) => ({ ...schedule, state }));
  }
}
