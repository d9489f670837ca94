import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import { startDailySync } from '#workflows/contract/commands.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';

const NOTE = 'Reads recent days again and fills gaps';

/** Creates the integration's daily schedule, or updates it to today's settings; it runs in either case. */
export async function ensureDailySchedule(dependencies: Dependencies, key: IntegrationKey): Promise<void> {
  const { temporal } = dependencies;
  const wanted = scheduleOf(key, dependencies);
  try {
    await temporal.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const schedule = temporal.schedule.getHandle(wanted.scheduleId);
    await schedule.update(({ state }) => ({ ...wanted, state: { ...state, paused: false, note: NOTE } }));
  }
}

export async function deleteDailySchedule({ temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  await temporal.schedule.getHandle(dailySyncId(key)).delete().catch(ignoreNotFound);
}

const scheduleOf = (key: IntegrationKey, { dailyAt }: Dependencies): ScheduleOptions => ({
  scheduleId: dailySyncId(key),
  // The jitter spreads the integrations over two hours.
  spec: { cronExpressions: [dailyAt], jitter: '2 hours' },
  policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '7 days' },
  action: startDailySync(key),
  state: { note: NOTE },
});

function ignoreNotFound(error: unknown) {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
