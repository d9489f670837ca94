import { metricMeter } from '@temporalio/activity';
import type { Dataset } from '#domain/dataset.ts';

/** Adds what a slice brought into the warehouse to the worker's metrics. */
export function countSlice(dataset: Dataset, { facts, changed }: { facts: number; changed: number }) {
  const count = (name: string, description: string, value: number) =>
    metricMeter.createCounter(name, undefined, description).add(value, { dataset });
  count('pump_facts_synced', 'Facts of the days that were read', facts);
  count('pump_days_changed', 'Days that were written because they were new or had changed', changed);
}
