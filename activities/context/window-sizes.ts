import { addDays, lengthOf } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Slice } from '#domain/slice.ts';
import { MAX_BYTES } from '#providers/http/get.ts';

/** A row of a response, in bytes: 480 of costs, 700 of usage. */
const FACT_BYTES = 600;
/** What a window should have at most: some 7,000 facts. Eight of them are in flight, and one is being parsed. */
const WINDOW_BYTES = 4 * 1024 * 1024;
/** Days of costs that are read of an organization that is not known yet. One alone may be quiet, or today. */
const FIRST_DAYS = 4;
/** What a response may have of which nothing is known: one of a day may have twice as much. */
const UNKNOWN_BYTES = MAX_BYTES / 2;
/** Each integration has eleven. */
const MAX_KNOWN = 100_000;

export type WindowSizes = ReturnType<typeof rememberSizes>;

/** What an integration's days are known to have, so that a wide organization is read in windows that fit in memory. */
export function rememberSizes() {
  const known = new Map<string, number>();
  const nameOf = ({ tenant_id, integration_id }: IntegrationKey, dataset: Slice['dataset']) =>
    `${tenant_id} ${integration_id} ${dataset}`;

  /** Undefined where nothing was read. Usage has hardly more facts than costs. */
  const bytesPerDay = (key: IntegrationKey, { dataset }: Slice) =>
    known.get(nameOf(key, dataset)) ?? known.get(nameOf(key, 'costs'));

  return {
    isKnown: (key: IntegrationKey, slice: Slice) => bytesPerDay(key, slice) !== undefined,

    /** @param facts of each of the slice's days */
    note(key: IntegrationKey, { dataset }: Slice, facts: readonly number[]): void {
      if (known.size >= MAX_KNOWN) known.clear();
      const name = nameOf(key, dataset);
      // The largest day counts: a quiet week says little about the next one.
      known.set(name, Math.max(1, known.get(name) ?? 0, ...facts.map((count) => count * FACT_BYTES)));
    },

    /** What a response may have. */
    bytesOf(key: IntegrationKey, slice: Slice): number {
      const perDay = bytesPerDay(key, slice);
      return perDay === undefined ? UNKNOWN_BYTES : lengthOf(slice) * perDay;
    },

    /** A slice's newest days that fit in a window, and the rest. */
    split(key: IntegrationKey, slice: Slice): [window: Slice, rest: Slice | undefined] {
      const perDay = bytesPerDay(key, slice);
      const unknown = slice.dataset === 'costs' ? FIRST_DAYS : lengthOf(slice);
      const days = perDay === undefined ? unknown : Math.max(1, Math.floor(WINDOW_BYTES / perDay));
      // A rest of a few days is not worth a request.
      if (lengthOf(slice) <= days * 1.5) return [slice, undefined];
      const from = addDays(slice.to, -days);
      return [
        { ...slice, from },
        { ...slice, to: from },
      ];
    },
  };
}
