import { createHash } from 'node:crypto';
import type { Dataset } from '#domain/dataset.ts';

/** A day as it is stored: one row, whose facts are the parallel arrays of a Nested column. */
export type DayRow = {
  dataset: Dataset;
  day: string;
  /** Unix milliseconds by the warehouse's clock, taken before the first request of the read. */
  version: number;
  dropped_dimensions: readonly string[];
  /** How many facts the day has. */
  items: number;
  content_hash: string;
  /** Whether the provider left the day out, where it documents a day without facts. */
  isUnreported?: boolean;
  /** Whether the day is stored with fewer dimensions for now: it stays due. */
  isOutline?: boolean;
  /** The other columns, as JSON text of an object: rows wait for their insert as bytes, outside of the heap. */
  columns: Buffer;
};

type DayContent = {
  dataset: Dataset;
  day: string;
  version: number;
  dropped_dimensions: readonly string[];
  /** Columns that the day has once. */
  head?: Record<string, unknown>;
  /** How many facts it has. */
  items: number;
  /** Its facts, column by column, in an order that follows from the facts: the provider promises none. */
  columns: readonly ItemColumn[];
};

/** `isDefault`: whether all values are the column's default. */
export type ItemColumn = { name: string; values: readonly unknown[]; isDefault: boolean };

/** The `content_hash` of a day of usage without a fact. Such a day needs no row, unless one is stored already. */
export const EMPTY = 'empty';

/** In place of a `content_hash`, what an outline is noted by: no day is stored with it, so that the day is due. */
export const OUTLINE = 'outline';

export function toDayRow({ dataset, day, version, dropped_dimensions, head = {}, items, columns }: DayContent): DayRow {
  // As bytes, one by one: joined texts take twice the memory where one name is not Latin.
  const told = Object.entries(head).map(([name, value]) => member(name, JSON.stringify(value)));
  const defaults: Buffer[] = [];
  for (const { name, values, isDefault } of columns) {
    if (isDefault) defaults.push(member(`items.${name}`, `[${repeated(JSON.stringify(values[0]), items)}]`));
    else told.push(member(`items.${name}`, JSON.stringify(values)));
  }
  return {
    dataset,
    day,
    version,
    dropped_dimensions,
    items,
    // Without the columns that say nothing: a new one changes no day's content.
    content_hash: dataset !== 'costs' && items === 0 ? EMPTY : hashOf([day, dropped_dimensions, items], told),
    columns: Buffer.concat([...told, ...defaults].flatMap((part, at) => [at === 0 ? OPEN : COMMA, part]).concat(CLOSE)),
  };
}

const [OPEN, COMMA, CLOSE] = ['{', ',', '}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

const member = (name: string, json: string) => Buffer.from(`"${name}":${json}`);

const repeated = (json: string, times: number) => (times === 0 ? '' : json + `,${json}`.repeat(times - 1));

function hashOf(about: unknown, parts: readonly Buffer[]): string {
  const hash = createHash('sha256').update(JSON.stringify(about));
  for (const part of parts) hash.update('\n').update(part);
  return hash.digest('base64url');
}

/** A row's other columns, parsed. */
export const columnsOf = ({ columns }: DayRow): Record<string, unknown> => JSON.parse(columns.toString());

/** Orders texts by their code units, as every machine does. */
export const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
