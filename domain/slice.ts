import type { Dataset } from './dataset.ts';
import { addDays, type Day, type DayRange, lengthOf } from './day.ts';

/** One dataset over a range of days: the unit that is read together. */
export type Slice<D extends Dataset = Dataset> = DayRange & { dataset: D };

/** The result of reading slices: counts, never rows. */
export type SlicesReport = {
  days: number;
  facts: number;
  /** Days that were new or different from what was stored. */
  changed: number;
  /** The first day that the provider still reports, where it refused older ones. */
  earliest?: Day | undefined;
  /** Slices that could not be read, and why. */
  failed: { slice: Slice; type: string }[];
};

/** Joins adjacent days to slices of at most `longest` days. Days and slices are in order, the newest first. */
export function toSlices<D extends Dataset>(dataset: D, days: readonly Day[], longest: number): Slice<D>[] {
  const slices: Slice<D>[] = [];
  for (const day of days) {
    const last = slices.at(-1);
    if (last && last.from === addDays(day, 1) && lengthOf(last) < longest) last.from = day;
    else slices.push({ dataset, from: day, to: addDays(day, 1) });
  }
  return slices;
}
