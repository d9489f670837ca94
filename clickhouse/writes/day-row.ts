import { hash } from 'node:crypto';
import type { Dataset } from '#domain/dataset.ts';

type Item = Record<string, unknown>;

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
  /** The other columns of the row. */
  columns: Record<string, unknown>;
};

type DayContent = {
  dataset: Dataset;
  day: string;
  version: number;
  dropped_dimensions: readonly string[];
  /** Columns that the day has once. */
  head?: Record<string, unknown>;
  items: readonly Item[];
};

/** The `content_hash` of a day of usage without a fact. Such a day needs no row, unless one is stored already. */
export const EMPTY = 'empty';

/** @param content items in any order: the provider promises none, and the same items must give the same hash */
export function toDayRow({ dataset, day, version, dropped_dimensions, head = {}, items }: DayContent): DayRow {
  const inOrder = items
    .map((item) => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const content = [JSON.stringify([day, dropped_dimensions, head]), ...inOrder.map(({ text }) => text)].join('\n');
  const content_hash = dataset !== 'costs' && items.length === 0 ? EMPTY : hash('sha256', content, 'base64url');
  const columns = { ...head, ...columnsOf(inOrder.map(({ item }) => item)) };
  return { dataset, day, version, dropped_dimensions, items: items.length, content_hash, columns };
}

function columnsOf(items: readonly Item[]): Record<string, unknown[]> {
  const names = Object.keys(items[0] ?? {});
  return Object.fromEntries(names.map((name) => [`items.${name}`, items.map((item) => item[name])]));
}
