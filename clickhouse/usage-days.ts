import type { Warehouse } from './client.ts';
import { toScale } from './money.ts';
import { inOrder, type ReadTarget, replaceDays } from './replace-days.ts';

/** A usage fact: what it is about, its numbers by OpenAI's own names as decimal text, and what we do not know. */
export type UsageItem = {
  dimensions: Readonly<Record<string, string>>;
  metrics: Readonly<Record<string, string>>;
  extra: string;
};
export type UsageDay = { day: string; dropped_dimensions: readonly string[]; items: readonly UsageItem[] };

/** The numbers that have a column of their own; any other is kept by its name in `other_metrics`. */
export const metricColumns = [
  'input_tokens',
  'input_uncached_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens',
  'input_text_tokens',
  'input_audio_tokens',
  'input_image_tokens',
  'input_cached_text_tokens',
  'input_cached_audio_tokens',
  'input_cached_image_tokens',
  'output_tokens',
  'output_text_tokens',
  'output_audio_tokens',
  'output_image_tokens',
  'num_model_requests',
  'images',
  'characters',
  'seconds',
  'usage_bytes',
  'num_sessions',
  'num_requests',
] as const;
const hasColumn: ReadonlySet<string> = new Set(metricColumns);

/**
 * Replaces whole days of one usage endpoint.
 * @returns how many days changed
 */
export function writeUsageDays(warehouse: Warehouse, target: ReadTarget, days: readonly UsageDay[]): Promise<number> {
  return replaceDays(
    warehouse,
    target,
    days.map(({ day, items, ...head }) => ({ day, head, items: inOrder(items.map(toRow)) })),
  );
}

function toRow({ dimensions, metrics, extra }: UsageItem) {
  const scaled = Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, toScale([value])[0]]));
  return {
    ...dimensions,
    ...Object.fromEntries(metricColumns.map((name) => [name, scaled[name] ?? '0'])),
    other_metrics: Object.fromEntries(Object.entries(scaled).filter(([name]) => !hasColumn.has(name))),
    extra,
  };
}
