import { metricMeter } from '@temporalio/activity';
import type { DayRow } from '#clickhouse/day-rows/day-row.ts';

/** Adds what was read and written to the worker's metrics. */
export function countDays(read: readonly DayRow[], { changed, lost }: { changed: DayRow[]; lost: DayRow[] }) {
  const count = (name: string, description: string, rows: readonly DayRow[], value: (rows: DayRow[]) => number) => {
    const counter = metricMeter.createCounter(name, undefined, description);
    for (const [dataset, its] of Map.groupBy(rows, (row) => row.dataset)) counter.add(value(its), { dataset });
  };
  const facts = (rows: DayRow[]) => rows.reduce((sum, { items }) => sum + items, 0);
  const days = (rows: DayRow[]) => rows.length;
  count('pump_facts_synced', 'Facts of the days that were read', read, facts);
  count('pump_days_changed', 'Days that were written because they were new or had changed', changed, days);
  count('pump_days_lost', 'Days that were read but not written, because a later read had written them', lost, days);
}
