import { hash } from 'node:crypto';
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

export function toDayRow({ dataset, day, version, dropped_dimensions, head = {}, items, columns }: DayContent): DayRow {
  const told = Object.entries(head).map(([name, value]) => member(name, JSON.stringify(value)));
  const defaults: string[] = [];
  for (const { name, values, isDefault } of columns) {
    if (isDefault) defaults.push(member(`items.${name}`, `[${repeated(JSON.stringify(values[0]), items)}]`));
    else told.push(member(`items.${name}`, JSON.stringify(values)));
  }
  // Without the columns that say nothing: a new one changes no day's content.
  const content = Buffer.from(`${JSON.stringify([day, dropped_dimensions, items])}\n${told.join()}`);
  const content_hash = dataset !== 'costs' && items === 0 ? EMPTY : hash('sha256', content, 'base64url');
  const text = Buffer.from(`{${[...told, ...defaults].join()}}`);
  return { dataset, day, version, dropped_dimensions, items, content_hash, columns: text };
}

const member = (name: string, json: string) => `"${name}":${json}`;

const repeated = (json: string, times: number) => (times === 0 ? '' : json + `,${json}`.repeat(times - 1));

/** A row's other columns, parsed. */
export const columnsOf = ({ columns }: DayRow): Record<string, unknown> => JSON.parse(columns.toString());

/** Orders texts by their code units, as every machine does. */
export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
