import { metricMeter } from '@temporalio/activity';
import type { Dataset } from '#domain/dataset.ts';

/** Counts, for the worker's metrics, what a slice has brought into the warehouse. */
export function countSlice(dataset: Dataset, { facts, changed }: { facts: number; changed: number }) {
  const count = (name: string, description: string, value: number) =>
    metricMeter.createCounter(name, undefined, description).add(value, { dataset });
  count('pump_facts_synced', 'Facts of days that were read and are in the warehouse', facts);
  count('pump_days_changed', 'Days that were written because they were new or not as they were', changed);
}
