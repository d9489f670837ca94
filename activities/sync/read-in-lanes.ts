import type { Slice } from '#domain/slice.ts';
import { WindowTooLargeError } from '#providers/reports/window.ts';

/** Windows of one activity that are read at once. */
const LANES = 8;

/** What an error says of the slices that come after: nothing, that their dataset is not to be read, or none at all. */
export type Scope = 'slice' | 'dataset' | 'all';

type Reads = {
  read: (window: Slice) => Promise<void>;
  scopeOf: (error: unknown) => Scope;
  /** The part of a slice that is read next, and the rest. */
  split: (slice: Slice) => [window: Slice, rest: Slice | undefined];
  /** Whether how to split a slice is known. */
  isKnown: (slice: Slice) => boolean;
  /** Runs once that is known of the slice that comes next, before the lanes. */
  prepare: (slice: Slice) => Promise<void>;
};

/**
 * Reads slices window by window, several at once and in order. Where their size is not known, the first window is read
 * by itself. An endpoint that does not respond holds up no other: no later window of its dataset is read.
 * @returns how many windows were read, and those that were not, with the error that is why
 */
export async function readInLanes(slices: readonly Slice[], { read, scopeOf, split, isKnown, prepare }: Reads) {
  const failures = new Map<Slice, unknown>();
  const queue = [...slices]; // shared by the lanes
  let succeeded = 0;
  const reasonToSkip = ({ dataset }: Slice) =>
    failures.entries().find(([slice, error]) => {
      const scope = scopeOf(error);
      return scope === 'all' || (scope === 'dataset' && slice.dataset === dataset);
    });

  async function next(): Promise<void> {
    const slice = queue.shift();
    if (!slice) return;
    const known = reasonToSkip(slice);
    if (known) {
      failures.set(slice, known[1]);
      return;
    }
    const [window, rest] = split(slice);
    if (rest) queue.unshift(rest);
    try {
      await read(window);
      succeeded += 1;
    } catch (error) {
      // Its size is known now: it is split.
      if (error instanceof WindowTooLargeError) queue.unshift(window);
      else failures.set(window, error);
    }
  }
  async function lane(): Promise<void> {
    while (queue.length > 0) await next();
  }
  const [first] = queue;
  if (first && !isKnown(first)) await next();
  if (queue[0]) await prepare(queue[0]);
  await Promise.all(Array.from({ length: LANES }, lane));
  return { succeeded, failures };
}
