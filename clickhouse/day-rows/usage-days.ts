import type { UsageDataset } from '#domain/dataset.ts';
import type { UsageDimension } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { compare, type DayRow, toDayRow } from './day-row.ts';
import { type ItemColumns, itemColumns, mapColumn, numberColumn, textColumn, wordColumn } from './item-column.ts';
import { toScaleIfFits } from './scale.ts';

/**
 * A usage fact: its dimensions, its numbers as decimal text by OpenAI's own names, and in `extra` the unknown fields as
 * JSON text of an object, '' for none.
 */
export type UsageItem = {
  dimensions: Readonly<Partial<Record<UsageDimension, string>>>;
  metrics: Readonly<Record<string, string>>;
  extra: string;
};
export type UsageDay = { day: string; dropped_dimensions: readonly string[]; items: readonly UsageItem[] };

const NO_COLUMNS: ItemColumns = new Map();

export function toUsageRow(dataset: UsageDataset, version: number, { items, ...day }: UsageDay): DayRow {
  // Most days of most endpoints are empty.
  const columns = items.length > 0 ? columnsOf(items.toSorted(byContent)) : NO_COLUMNS;
  return toDayRow({ dataset, version, ...day, head: {}, items: items.length, columns });
}

/** Each is read by code of its own, as the words of costs are. */
const DIMENSIONS: Readonly<Record<UsageDimension, (item: UsageItem) => string>> = {
  project_id: ({ dimensions }) => dimensions.project_id ?? '',
  user_id: ({ dimensions }) => dimensions.user_id ?? '',
  api_key_id: ({ dimensions }) => dimensions.api_key_id ?? '',
  model: ({ dimensions }) => dimensions.model ?? '',
  batch: ({ dimensions }) => dimensions.batch ?? '',
  service_tier: ({ dimensions }) => dimensions.service_tier ?? '',
  size: ({ dimensions }) => dimensions.size ?? '',
  source: ({ dimensions }) => dimensions.source ?? '',
  context_level: ({ dimensions }) => dimensions.context_level ?? '',
  vector_store_id: ({ dimensions }) => dimensions.vector_store_id ?? '',
  api_source: ({ dimensions }) => dimensions.api_source ?? '',
};
const READERS = Object.values(DIMENSIONS);

function columnsOf(items: readonly UsageItem[]): ItemColumns {
  const metrics = new Map(USAGE_METRICS.map((name): [string, string[]] => [name, []]));
  const others: [string, string][][] = [];
  const extras: string[] = [];
  for (const [at, item] of items.entries()) {
    const other: [string, string][] = [];
    const tooLarge: [string, string][] = [];
    for (const name in item.metrics) {
      const sent = item.metrics[name] ?? '0';
      const scaled = sent === '0' ? sent : toScaleIfFits(sent);
      const column = metrics.get(name);
      if (scaled === null) tooLarge.push([name, sent]);
      else if (!column) other.push([name, scaled]);
      else if (scaled !== '0') {
        while (column.length < at) column.push('0');
        column.push(scaled);
      }
    }
    others.push(other.sort(byName));
    extras.push(withFields(item.extra, tooLarge.sort(byName)));
  }
  return itemColumns([
    ...Object.entries(DIMENSIONS).map(([name, textOf]) => [name, wordColumn(items, textOf)] as const),
    ...metrics.entries().map(([name, values]) => [name, numberColumn(filled(values, items.length))] as const),
    ['other_metrics', mapColumn(others)],
    ['extra', textColumn(extras)],
  ]);
}

/** Ends with zeros where a metric was not sent; remains empty where it never was. */
function filled(values: string[], length: number): string[] {
  while (values.length > 0 && values.length < length) values.push('0');
  return values;
}

/** Adds fields to the JSON text of an object, '' being an empty one. Its numbers stay verbatim. */
function withFields(extra: string, fields: readonly [string, string][]): string {
  if (fields.length === 0) return extra;
  const added = JSON.stringify(Object.fromEntries(fields));
  return extra ? `${extra.slice(0, -1)},${added.slice(1)}` : added;
}

const byName = ([a]: [string, string], [b]: [string, string]) => compare(a, b);

function byContent(a: UsageItem, b: UsageItem): number {
  for (const textOf of READERS) {
    const order = compare(textOf(a), textOf(b));
    if (order !== 0) return order;
  }
  return compare(valuesOf(a), valuesOf(b));
}

/** The same numbers in another order are the same. */
const valuesOf = ({ metrics, extra }: UsageItem) => JSON.stringify([Object.entries(metrics).sort(byName), extra]);
