import { z } from 'zod';
import { DAY_MS, type Day, type DayRange, dayAt, dayNumber, laterDay } from '#domain/day.ts';
import { coverage } from './to-freshness.ts';

const read = coverage.shape.reads.element.extend({
  /** Those of `days` that had not ended when they were read. */
  open_days: z.array(z.number()),
});
/** What freshnessSteps with `hasOpenDays` return. */
export const openCoverage = coverage.extend({ reads: z.array(read) });
export type OpenCoverage = z.infer<typeof openCoverage>;

const NOTHING = { days: [], open_days: [] };

export type ExpectedDay = { day: Day; complete: boolean };

/**
 * The days of a range that connected integrations should have, in order. `complete`: every one of these integrations has
 * read the day after it ended. Disconnected ones are left out, since they get no new days.
 */
export function expectedDays({ due, reads }: OpenCoverage, { from, to }: DayRange): ExpectedDay[] {
  const complete = new Map<number, boolean>();
  const end = dayNumber(to); // once: of 1,000 organizations, a second of CPU
  const readsOf = new Map(reads.map((each) => [each.integration_id, each]));
  for (const { integration_id, history_from } of due.filter(({ status }) => status !== 'disconnected')) {
    const { days, open_days } = readsOf.get(integration_id) ?? NOTHING;
    const ended = new Set(days).difference(new Set(open_days));
    for (let day = dayNumber(laterDay(history_from, from)); day < end; day += 1) {
      complete.set(day, (complete.get(day) ?? true) && ended.has(day));
    }
  }
  return [...complete]
    .sort(([a], [b]) => a - b)
    .map(([day, isComplete]) => ({ day: dayAt(day * DAY_MS), complete: isComplete }));
}
