import { createHash } from 'node:crypto';
import type { Dataset } from '#domain/dataset.ts';
import { contentOfColumn, type ItemColumns } from './item-column.ts';

/** A day as it is stored: one row, whose facts are the parallel arrays of a Nested column. */
export type DayRow = DayContent & {
  content_hash: string;
  /** What its facts take until they are inserted. */
  bytes: number;
  /** Whether the provider left the day out, where it documents a day without facts. */
  isUnreported?: boolean;
  /** Whether the day is stored with fewer dimensions for now: it stays due. */
  isOutline?: boolean;
};

type DayContent = {
  dataset: Dataset;
  day: string;
  /** Unix milliseconds by the warehouse's clock, taken before the first request of the read. */
  version: number;
  dropped_dimensions: readonly string[];
  /** Columns that the day has once: texts, and maps of texts. */
  head: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** How many facts the day has. */
  items: number;
  /** Its facts, column by column, in an order that follows from the facts: the provider promises none. */
  columns: ItemColumns;
};

/** The `content_hash` of a day of usage without a fact. Such a day needs no row, unless one is stored already. */
export const EMPTY = 'empty';

/** In place of a `content_hash`, what an outline is noted by: no day is stored with it, so that the day is due. */
export const OUTLINE = 'outline';

/** What a column takes besides its values. */
const COLUMN_BYTES = 150;

export function toDayRow(content: DayContent): DayRow {
  const { dataset, day, dropped_dimensions, head, items, columns } = content;
  if (dataset !== 'costs' && items === 0) return { ...content, bytes: 0, content_hash: EMPTY };
  const hash = createHash('sha256').update(JSON.stringify([day, dropped_dimensions, items, head]));
  let bytes = 0;
  // Columns that say nothing are not there: a new one changes no day's content.
  for (const [name, column] of columns) {
    hash.update(`\n${name}\n`);
    for (const part of contentOfColumn(column)) {
      hash.update(part);
      bytes += typeof part === 'string' ? 2 * part.length : part.length;
    }
    bytes += COLUMN_BYTES;
  }
  return { ...content, bytes, content_hash: hash.digest('base64url') };
}

/** Orders texts by their code units, as every machine does. */
export const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
