import { daysToSync } from '#clickhouse/coverage/due-days.ts';
import type { IntegrationKey } from '#clickhouse/integrations/integrations.ts';
import type { Dataset } from '#clickhouse/writes/replace-days.ts';
import { addDays } from '#domain/day.ts';
import { USAGE_ENDPOINTS } from '#providers/openai/usage/usage-endpoints.ts';
import { PAGE_DAYS, WINDOW_DAYS } from '#providers/reports/window.ts';
import { HISTORY_DAYS } from '../connection/record-integration.ts';
import { currentIntegration, type Dependencies } from '../dependencies.ts';
import { type Slice, toSlices } from './slice.ts';

/** Half-open UTC days, and until how many days after its end a day is read again; 0 for only what is missing. */
export type SyncRange = { from?: string; to: string; reread_days: number };

export type Plan = {
  costs: Slice[];
  /** Of each endpoint that has something to read. */
  usage: Slice[][];
  credential_id: string;
};

const usageDatasets = USAGE_ENDPOINTS.map((endpoint): Dataset => `usage/${endpoint}`);

/**
 * Which slices a sync has to read, newest first, and with which key. Planned from what the warehouse has, so a run
 * after a crash, an outage or a rotation does only what is missing.
 * @param from first UTC day to consider: by default all of the last 365, as far as the history goes
 * @param to UTC day after the last one
 * @param reread_days days are read again until this many days after they ended; 0 reads only what is missing
 */
export async function planSync(
  dependencies: Dependencies,
  { from, to, reread_days, ...key }: IntegrationKey & SyncRange,
): Promise<Plan> {
  const { credential_id, history_from } = await currentIntegration(dependencies, key);
  const yearAgo = addDays(to, -HISTORY_DAYS);
  const due = await daysToSync(dependencies.warehouse, key, {
    datasets: ['costs', ...usageDatasets],
    from: from ?? (history_from > yearAgo ? history_from : yearAgo),
    to,
    rereadDays: reread_days,
  });
  // What is read again has readers: as few inserts as can be, as each is a moment at which their sums change.
  const longest = reread_days > 0 ? WINDOW_DAYS : PAGE_DAYS;
  const slicesOf = (dataset: Dataset) => toSlices(dataset, due.get(dataset) ?? [], longest);
  return {
    costs: slicesOf('costs'),
    usage: usageDatasets.map(slicesOf).filter(({ length }) => length > 0),
    credential_id,
  };
}
