import type { Dataset } from '#clickhouse/writes/replace-days.ts';
import { addDays } from '#domain/day.ts';

/** One dataset over some UTC days, half-open: what is read as one and written by one insert. */
export type Slice = { dataset: Dataset; from: string; to: string };

/** What a slice brought: counts, never rows. */
export type SliceReport = {
  days: number;
  facts: number;
  /** Days that were new or not as they were. */
  changed: number;
  /** Where OpenAI keeps no older days. */
  earliest?: string | undefined;
};

/** Neighbouring days, given newest first, as slices of up to `longest` days. */
export function toSlices(dataset: Dataset, days: readonly string[], longest: number): Slice[] {
  const slices: Slice[] = [];
  let length = 0;
  for (const day of days) {
    const last = slices.at(-1);
    if (last && last.from === addDays(day, 1) && length < longest) {
      last.from = day;
      length += 1;
    } else {
      slices.push({ dataset, from: day, to: addDays(day, 1) });
      length = 1;
    }
  }
  return slices;
}
