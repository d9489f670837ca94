import type { UsageDay, UsageItem } from '../clickhouse/usage-days.ts';
import { USAGE_DIMENSIONS } from '../openai/usage-endpoints.ts';

/** A usage fact in which only what a test is about is said. */
export function usageItem(about: Record<string, string>, metrics: Record<string, string>): UsageItem {
  const nothing = Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, '']));
  return { dimensions: { ...nothing, ...about }, metrics, extra: '' };
}

export function usageDay(day: string, items: UsageItem[]): UsageDay {
  return { day, dropped_dimensions: [], items };
}
