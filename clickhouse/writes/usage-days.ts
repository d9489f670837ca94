import type { UsageDataset } from '#domain/dataset.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { type DayRow, toDayRow } from './day-row.ts';
import { toScaleIfFits } from './scale.ts';

/**
 * A usage fact: its dimensions, its numbers as decimal text by OpenAI's own names, and in `extra` the unknown fields as
 * JSON text of an object, '' for none.
 */
export type UsageItem = {
  dimensions: Readonly<Record<string, string>>;
  metrics: Readonly<Record<string, string>>;
  extra: string;
};
export type UsageDay = { day: string; dropped_dimensions: readonly string[]; items: readonly UsageItem[] };

const hasColumn: ReadonlySet<string> = new Set(USAGE_METRICS);

export function toUsageRow(dataset: UsageDataset, version: number, { items, ...day }: UsageDay): DayRow {
  return toDayRow({ dataset, version, ...day, items: items.map(toItem) });
}

function toItem({ dimensions, metrics, extra }: UsageItem) {
  const names = Object.keys(metrics).sort(); // the same row in another order stays the same row
  const scaled = new Map(names.map((name) => [name, toScaleIfFits(metrics[name] ?? '0')]));
  const others = names.filter((name) => !hasColumn.has(name) && scaled.get(name) !== null);
  const tooLarge = names.filter((name) => scaled.get(name) === null);
  return {
    ...dimensions,
    ...Object.fromEntries(USAGE_METRICS.map((name) => [name, scaled.get(name) ?? '0'])),
    other_metrics: Object.fromEntries(others.map((name) => [name, scaled.get(name)])),
    extra: withFields(extra, Object.fromEntries(tooLarge.map((name) => [name, metrics[name]]))),
  };
}

/** Adds fields to the JSON text of an object, '' being an empty one. Its numbers stay verbatim. */
function withFields(extra: string, fields: Record<string, unknown>): string {
  if (Object.keys(fields).length === 0) return extra;
  const added = JSON.stringify(fields);
  return extra ? `${extra.slice(0, -1)},${added.slice(1)}` : added;
}
