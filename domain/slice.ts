import type { Dataset } from './dataset.ts';
import { addDays, type Day, type DayRange } from './day.ts';

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
  let length = 0;
  for (const day of days) {
    const last = slices.at(-1);
    const to = addDays(day, 1);
    if (last?.from === to && length < longest) {
      last.from = day;
      length += 1;
    } else {
      slices.push({ dataset, from: day, to });
      length = 1;
    }
  }
  return slices;
}

/** Slices of each dataset, in order. */
export const slicesByDataset = (slices: readonly Slice[]): Slice[][] => [
  ...Map.groupBy(slices, ({ dataset }) => dataset).values(),
];

/** Names slices for people: `costs 2026-01-01 to 2026-02-01`, or `11 datasets …`. They are in order, newest first. */
export function nameOf(slices: readonly Slice[]): string {
  const datasets = new Set(slices.map(({ dataset }) => dataset));
  const [dataset] = datasets;
  const days = slices.map(({ from }) => from).sort();
  const to = slices
    .map((slice) => slice.to)
    .sort()
    .at(-1);
  return `${datasets.size === 1 ? dataset : `${datasets.size} datasets`} ${days[0]} to ${to}`;
}
