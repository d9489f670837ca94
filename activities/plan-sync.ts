import { daysToSync } from '../clickhouse/coverage.ts';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import type { Dataset } from '../clickhouse/replace-days.ts';
import { addDays } from '../openai/days.ts';
import { USAGE_ENDPOINTS } from '../openai/usage-endpoints.ts';
import { currentIntegration, type Dependencies } from './dependencies.ts';
import { HISTORY_DAYS } from './record-integration.ts';
import { type Slice, toSlices } from './slice.ts';

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
 * @param today the last UTC day to read
 * @param reread_days days are read again until this many days after they ended; 0 reads only what is missing
 */
export async function planSync(
  dependencies: Dependencies,
  { today, reread_days, ...key }: IntegrationKey & { today: string; reread_days: number },
): Promise<Plan> {
  const { credential_id, history_from } = await currentIntegration(dependencies, key);
  const yearAgo = addDays(today, 1 - HISTORY_DAYS);
  const due = await daysToSync(dependencies.warehouse, key, {
    datasets: ['costs', ...usageDatasets],
    from: history_from > yearAgo ? history_from : yearAgo,
    to: addDays(today, 1),
    rereadDays: reread_days,
  });
  const slicesOf = (dataset: Dataset) => toSlices(dataset, due.get(dataset) ?? []);
  return {
    costs: slicesOf('costs'),
    usage: usageDatasets.map(slicesOf).filter(({ length }) => length > 0),
    credential_id,
  };
}
