import { raiseEvents } from '../activities/activity-proxies.ts';

/** Looks for what takes reading the days of all integrations. It runs once a day, by its id; one that failed is started again. */
export async function tellEvents(): Promise<void> {
  await raiseEvents({ daily: true });
}
