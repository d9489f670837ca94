import { cancellationSignal, log } from '@temporalio/activity';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { writeUsageDays } from '../clickhouse/usage-days.ts';
import { USAGE_ENDPOINTS } from '../openai/usage-endpoints.ts';
import { connectedIntegration, type Dependencies, degrade, openKey } from './dependencies.ts';
import type { Slice, SliceReport } from './slice.ts';

/** Reads a slice's days of one usage endpoint, and replaces what changed by one insert. */
export async function syncUsage(
  dependencies: Dependencies,
  { slice, ...key }: IntegrationKey & { slice: Slice },
): Promise<SliceReport> {
  const { warehouse, openai } = dependencies;
  const endpoint = USAGE_ENDPOINTS.find((each) => slice.dataset === `usage/${each}`);
  if (!endpoint) throw new TypeError(`${slice.dataset} is not a usage dataset`);
  const { tenant_id, credential_id } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const version = Date.now(); // before the read begins: of two attempts, the later read wins

  const usage = await degrade(slice.dataset, () =>
    openai.usage(adminKey, endpoint, slice, { signal: cancellationSignal() }),
  );
  if (!usage) return { days: 0, facts: 0, changed: 0 };
  const days = usage.days.map(({ day, facts }) => ({ day, dropped_dimensions: usage.dropped, items: facts }));
  await connectedIntegration(dependencies, key);
  const changed = await writeUsageDays(warehouse, { ...key, dataset: slice.dataset, version }, days);
  if (usage.dropped.length > 0) log.info('OpenAI refused dimensions for this slice', { dropped: usage.dropped });
  return { days: days.length, facts: days.reduce((sum, { items }) => sum + items.length, 0), changed };
}
