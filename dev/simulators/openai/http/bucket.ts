import { DAY_SECONDS, type Day, dayOf, startOf } from '../arithmetic/day.ts';
import { hash } from '../arithmetic/random.ts';

const written = new WeakMap<readonly object[], Map<string, Buffer>>();

/** A whole bucket. It is serialized once for each grouping, and cached with the day's array of facts. */
export function wholeBucket(day: Day, facts: readonly object[], grouping: string, rows: () => string[]): Buffer {
  const known = written.get(facts) ?? new Map<string, Buffer>();
  written.set(facts, known);
  const bucket = known.get(grouping) ?? bucketOf(day, rows());
  known.set(grouping, bucket);
  return bucket;
}

/** The JSON of the day's bucket with these rows. */
export function bucketOf(day: Day, rows: string[]): Buffer {
  const start = startOf(day);
  // Some live buckets name no zone.
  const zone = hash(day) % 3 === 0 ? '' : '+00:00';
  const head = JSON.stringify({
    object: 'bucket',
    start_time: start,
    end_time: start + DAY_SECONDS,
    start_time_iso: `${day}T00:00:00${zone}`,
    end_time_iso: `${dayOf(start + DAY_SECONDS)}T00:00:00${zone}`,
  });
  return Buffer.from(`${head.slice(0, -1)},"results":[${rows.join()}]}`);
}
