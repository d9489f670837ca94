import type { Slice } from '#domain/slice.ts';

/** Slices of one activity that are read at once. */
const LANES = 8;

/**
 * Reads slices, several at once and in order. After a failure, no later slice of the same dataset is read: an endpoint
 * that does not respond would hold up the others.
 * @param endsAll whether an error ends the reading of all datasets
 * @returns the slices that were not read, with the error of their dataset
 */
export async function readInLanes(
  slices: readonly Slice[],
  read: (slice: Slice) => Promise<void>,
  endsAll: (error: unknown) => boolean,
): Promise<Map<Slice, unknown>> {
  const failures = new Map<Slice, unknown>();
  const queue = slices.values(); // shared by the lanes
  const reasonToSkip = ({ dataset }: Slice) =>
    failures.entries().find(([slice, error]) => slice.dataset === dataset || endsAll(error));

  async function lane(): Promise<void> {
    for (const slice of queue) {
      const known = reasonToSkip(slice);
      if (known) failures.set(slice, known[1]);
      else await read(slice).catch((error: unknown) => failures.set(slice, error));
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  return failures;
}
