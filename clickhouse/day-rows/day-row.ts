import { createHash } from 'node:crypto';
import type { Dataset } from '#domain/dataset.ts';
import type { ItemColumns } from './item-column.ts';
import { type PackedColumns, packColumns } from './packed-columns.ts';

/** A day as it is stored: one row, whose facts are the parallel arrays of a Nested column. */
export type DayRow = Omit<DayContent, 'columns'> & {
  /** Its facts. */
  columns: PackedColumns;
  content_hash: string;
  /** What it takes until it is inserted. */
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

/** What a row takes besides its facts. */
const ROW_BYTES = 1_000;

export function toDayRow(content: DayContent): DayRow {
  const { dataset, day, dropped_dimensions, head, items } = content;
  if (dataset !== 'costs' && items === 0) return { ...content, columns: NONE, bytes: 0, content_hash: EMPTY };
  // Columns that say nothing are not there: a new one changes no day's content.
  const columns = packColumns(content.columns);
  const hash = createHash('sha256')
    .update(JSON.stringify([day, dropped_dimensions, items, head]))
    .update(columns.bytes);
  const bytes = ROW_BYTES + columns.bytes.length;
  return { ...content, columns, bytes, content_hash: hash.digest('base64url') };
}

const NONE = packColumns(new Map());

/** Orders texts by their code units, as every machine does. */
export const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
