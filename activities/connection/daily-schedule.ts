import { hash } from 'node:crypto';
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { startDailySync } from '#workflows/contract/schedules.ts';
import type { Dependencies } from '../context/dependencies.ts';

const NOTE = 'Reads recent days again and fills gaps';

/** Creates the integration's daily schedule, or updates it to today's settings; it runs in either case. */
export const ensureDailySchedule = (dependencies: Dependencies, key: IntegrationKey): Promise<void> =>
  putSchedule(dependencies, key, { paused: false });

/** Creates the integration's daily schedule, or updates it to today's settings; one that is paused stays paused. */
export const repairDailySchedule = (dependencies: Dependencies, key: IntegrationKey): Promise<void> =>
  putSchedule(dependencies, key, {});

async function putSchedule(dependencies: Dependencies, key: IntegrationKey, wantedState: { paused?: boolean }) {
  const { temporal } = dependencies;
  const wanted = scheduleOf(key, dependencies);
  try {
    await temporal.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const schedule = temporal.schedule.getHandle(wanted.scheduleId);
    await schedule.update(({ state }) => ({
      ...wanted,
      state: { ...state, ...wantedState, note: wanted.state?.note },
    }));
  }
}

export async function deleteDailySchedule({ temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  await temporal.schedule.getHandle(dailySyncId(key)).delete().catch(ignoreNotFound);
}

type Settings = Pick<Dependencies, 'dailyAt'>;

const settingsOf = ({ dailyAt }: Settings) =>
  ({
    // The jitter spreads the integrations over two hours.
    spec: { cronExpressions: [dailyAt], jitter: '2 hours' },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '7 days' },
  }) satisfies Partial<ScheduleOptions>;

/** The note of a schedule with today's settings: Temporal's list tells it of every schedule at once. */
export const noteOf = (settings: Settings): string =>
  `${NOTE} (settings ${hash('sha256', JSON.stringify([settingsOf(settings), ANY_ACTION]), 'hex').slice(0, 8)})`;
/** So that what schedules start is brought up to date, too. */
const ANY_ACTION = startDailySync({ tenant_id: 'any', integration_id: 'any' });

const scheduleOf = (key: IntegrationKey, settings: Settings): ScheduleOptions => ({
  scheduleId: dailySyncId(key),
  ...settingsOf(settings),
  action: startDailySync(key),
  state: { note: noteOf(settings) },
});

function ignoreNotFound(error: unknown) {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
