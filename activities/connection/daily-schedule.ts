import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Rereading } from '#domain/sync.ts';
import { dailySyncId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';

const NOTE = 'Reads recent days again and fills gaps';

const schedule = (key: IntegrationKey, dailyAt: string, rereading: Rereading): ScheduleOptions => ({
  scheduleId: dailySyncId(key),
  spec: {
    cronExpressions: [dailyAt],
    jitter: '2 hours', // which spreads tenants
  },
  policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '7 days' },
  action: {
    type: 'startWorkflow',
    workflowType: 'dailySync',
    workflowId: dailySyncId(key),
    taskQueue: TASK_QUEUE,
    args: [{ ...key, rereading }],
  },
  state: { note: NOTE },
});

/** Makes the integration's daily schedule what this version says, and running. */
export async function ensureDailySync(
  { temporal, dailyAt, rereading }: Dependencies,
  key: IntegrationKey,
): Promise<void> {
  const wanted = schedule(key, dailyAt, rereading);
  try {
    await temporal.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = temporal.schedule.getHandle(wanted.scheduleId);
    await handle.update(({ state }) => ({ ...wanted, state: { ...state, paused: false, note: NOTE } }));
  }
}

/** Pauses it, with the reason where ops will look. */
export async function pauseDailySync(
  { temporal }: Dependencies,
  { note, ...key }: IntegrationKey & { note: string },
): Promise<void> {
  await temporal.schedule.getHandle(dailySyncId(key)).pause(note);
}

/** Takes a pause back; a schedule that was deleted stays so. */
export async function resumeDailySync({ temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  await temporal.schedule.getHandle(dailySyncId(key)).unpause(NOTE).catch(unlessDeleted);
}

export async function deleteDailySync({ temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  await temporal.schedule.getHandle(dailySyncId(key)).delete().catch(unlessDeleted);
}

function unlessDeleted(error: unknown) {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
