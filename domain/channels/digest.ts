import { addDays, DAY_MS, type Day, type DayRange, dayAt, monthStart, startOfDay, weekStart } from '../day.ts';
import type { Digest } from './channel.ts';

/** A digest and the days that it is of. `id` names it in receipts. */
export type DigestPeriod = { id: string; digest: Digest; previous: DayRange } & DayRange;

const HOUR_MS = 3_600_000;
/** After the end of a period, so that its last day is read; and how long it is still sent after an outage. */
const [DUE_AFTER_MS, DUE_FOR_MS] = [6 * HOUR_MS, 3 * DAY_MS];

/** The digest that is to be sent by now; undefined where none is. */
export function dueDigest(digest: Digest, now: number): DigestPeriod | undefined {
  const today = dayAt(now);
  const to = digest === 'weekly' ? weekStart(today) : monthStart(today);
  const since = now - startOfDay(to);
  if (since < DUE_AFTER_MS || since > DUE_FOR_MS) return undefined;
  return periodOf(digest, digest === 'weekly' ? addDays(to, -7) : monthStart(to, -1));
}

/** Whether a digest waits for days that were not read: for a day at most, as a sync that is stopped may stay so. */
export const waitsForDays = ({ to }: DigestPeriod, now: number): boolean => now - startOfDay(to) < DAY_MS;

/** The digest of an id. */
export function digestOf(id: string): DigestPeriod | undefined {
  const [, digest, from = ''] = /^digest-(weekly|monthly)-(\d{4}-\d\d-\d\d)$/.exec(id) ?? [];
  return digest ? periodOf(digest as Digest, from) : undefined;
}

function periodOf(digest: Digest, from: Day): DigestPeriod {
  const [to, before] =
    digest === 'weekly' ? [addDays(from, 7), addDays(from, -7)] : [monthStart(from, 1), monthStart(from, -1)];
  return { id: `digest-${digest}-${from}`, digest, from, to, previous: { from: before, to: from } };
}
