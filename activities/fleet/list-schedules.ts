import type { Client } from '@temporalio/client';
import { DAILY_SYNC_PREFIX } from '#workflows/contract/ids.ts';

/** What Temporal's list tells of a schedule. */
export type ListedSchedule = { isPaused: boolean; note: string };

/** The daily schedules of all integrations, by id. The list lags by seconds. */
export async function listDailySchedules(temporal: Client): Promise<Map<string, ListedSchedule>> {
  const schedules = new Map<string, ListedSchedule>();
  for await (const { scheduleId, state } of temporal.schedule.list({ pageSize: 1000 })) {
    if (!scheduleId.startsWith(DAILY_SYNC_PREFIX)) continue;
    schedules.set(scheduleId, { isPaused: state.paused, note: state.note ?? '' });
  }
  return schedules;
}
