import type { Slice } from '#domain/slice.ts';

/** Slices of one activity that are read at once. */
const LANES = 8;

/** What an error says of the slices that come after: nothing, that their dataset is not to be read, or none at all. */
export type Scope = 'slice' | 'dataset' | 'all';

/**
 * Reads slices, several at once and in order. An endpoint that does not respond holds up no other: no later slice of
 * its dataset is read.
 * @returns the slices that were not read, with the error that is why
 */
export async function readInLanes(
  slices: readonly Slice[],
  read: (slice: Slice) => Promise<void>,
  scopeOf: (error: unknown) => Scope,
): Promise<Map<Slice, unknown>> {
  const failures = new Map<Slice, unknown>();
  const queue = slices.values(); // shared by the lanes
  const reasonToSkip = ({ dataset }: Slice) =>
    failures.entries().find(([slice, error]) => {
      const scope = scopeOf(error);
      return scope === 'all' || (scope === 'dataset' && slice.dataset === dataset);
    });

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
