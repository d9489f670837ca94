import { USAGE_DATASETS } from '#domain/dataset.ts';
import type { Read } from './simulate.ts';

/**
 * What one organization takes of the servers. Measured: docs/performance.md has the tables. A daily sync of a small
 * organization, and what each further fact costs in a backfill.
 */
export const SIZES = { small: 59, usual: 666, large: 4_350 } as const;
export type Size = keyof typeof SIZES;

const SMALL_DAYS = 8;
const WORKER_CPU = { sync: 0.19, fact: 21.7e-6 };
const ENGINE_CPU = { sync: 0.49, fact: 13.8e-6 };

/** A daily sync reads again what was read lately: 7 days and today, on Mondays 35 and today. */
export const DAYS_READ = { usual: 8, monday: 36 } as const;

/** Of a daily sync. Tests keep statements and activities at these (test/workflows/work.test.ts). */
export const STATEMENTS = 20;
export const INSERTS = 9;
const ACTIVITIES = 6;
/** Billed by Temporal Cloud: the schedule's two, the start, activities, two timers, two search attributes, heartbeats. */
export const TEMPORAL_ACTIONS = 2 + 1 + ACTIVITIES + 2 + 2 + 3;
/** Of a daily sync's history, which Temporal's database keeps for the namespace's retention. */
export const HISTORY_BYTES = 15_000;
/** Costs and usage with their sums and revisions, of 49 million facts in 2 GB; and a note for each day and dataset. */
const FACT_BYTES = 41;
const NOTE_BYTES = 8;
const DATASETS = 1 + USAGE_DATASETS.length;

/** Assumed: how long OpenAI takes for all responses of an activity, which requests up to eight at once. */
const OPENAI_SECONDS = { costs: 3, usage: 4, names: 6, yearOfCosts: 15, yearOfUsage: 25 };

const factsRead = (size: Size, days: number) => SIZES[size] * days;
const cpuOf = ({ sync, fact }: typeof WORKER_CPU, size: Size, days: number) =>
  sync + fact * (factsRead(size, days) - factsRead('small', SMALL_DAYS));

export const workerSeconds = (size: Size, days: number) => cpuOf(WORKER_CPU, size, days);
export const engineSeconds = (size: Size, days: number) => cpuOf(ENGINE_CPU, size, days);
export const bytesAYear = (size: Size) => 365 * (SIZES[size] * FACT_BYTES + DATASETS * NOTE_BYTES);

/** Of a backfill: a small one measured, and each further fact. */
const backfillSeconds = (size: Size) => cpuOf({ ...WORKER_CPU, sync: 1.65 }, size, 365);

/** The reads of a daily sync: costs, then usage and names beside each other. Half of its CPU is for the costs. */
export function readsOf(size: Size, days: number, priority: number): { costs: Read; details: Read[] } {
  const cpu = workerSeconds(size, days);
  const read = (seconds: number, share: number): Read => ({ seconds, cpu: cpu * share, priority });
  return {
    costs: read(OPENAI_SECONDS.costs, 0.5),
    details: [read(OPENAI_SECONDS.usage, 0.4), read(OPENAI_SECONDS.names, 0.1)],
  };
}

/** The reads of a backfill: the newest costs, and then all else at a lower priority. */
export function backfillOf(size: Size): { costs: Read; details: Read[] } {
  const cpu = backfillSeconds(size);
  const { costs, names, yearOfCosts, yearOfUsage } = OPENAI_SECONDS;
  const read = (seconds: number, share: number, priority: number): Read => ({ seconds, cpu: cpu * share, priority });
  return {
    costs: read(costs, 0.1, 4),
    details: [read(yearOfCosts, 0.4, 5), read(yearOfUsage, 0.45, 5), read(names, 0.05, 5)],
  };
}
