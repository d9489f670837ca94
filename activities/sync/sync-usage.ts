import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { daysReadSince } from '#clickhouse/coverage/due-days.ts';
import { writeUsageDays } from '#clickhouse/writes/usage-days.ts';
import { endpointOf, type UsageDataset } from '#domain/dataset.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Slice, SliceReport } from '#domain/slice.ts';
import { connectedIntegration, type Dependencies, degrade, openKey } from '../context/dependencies.ts';
import { countSlice } from './count-slice.ts';
import { isBackfill } from './is-backfill.ts';

/**
 * Reads slices of one usage endpoint, one after the other, and replaces what changed of each by one insert. Tried
 * again, it goes on with the slices that it has not written yet, each time from another one: a slice that OpenAI fails
 * to answer holds up no other. It reads with the key that it began with, and ends where the integration was
 * disconnected meanwhile.
 * @param slices all of one dataset, no day in two of them
 */
export async function syncUsage(
  dependencies: Dependencies,
  { slices, ...key }: IntegrationKey & { slices: Slice<UsageDataset>[] },
): Promise<SliceReport> {
  const report: SliceReport = { days: 0, facts: 0, changed: 0 };
  const [first] = slices;
  if (!first) return report;
  const { dataset } = first;
  const { scheduledTimestampMs, attempt } = activityInfo();
  const { tenant_id, credential_id, history_from } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  // A backfill is planned before its costs have shown where the history begins: what is older would explain none.
  const earliest = isBackfill() ? history_from : '';
  const done = await daysReadSince(dependencies.warehouse, { ...key, dataset }, scheduledTimestampMs);
  const left = slices.filter(({ from, to }) => to > earliest && !done.includes(from));
  const turn = (attempt - 1) % left.length;
  for (const slice of [...left.slice(turn), ...left.slice(0, turn)]) {
    const { days, facts, changed } = await syncSlice(dependencies, { slice, adminKey, ...key });
    report.days += days;
    report.facts += facts;
    report.changed += changed;
  }
  return report;
}

async function syncSlice(
  dependencies: Dependencies,
  { slice, adminKey, ...key }: IntegrationKey & { slice: Slice<UsageDataset>; adminKey: string },
): Promise<SliceReport> {
  const { warehouse, openai } = dependencies;
  const version = Date.now(); // before the read begins: of two attempts, the later read wins

  const usage = await degrade(slice.dataset, () =>
    openai.usage(adminKey, endpointOf(slice.dataset), slice, { signal: cancellationSignal() }),
  );
  await connectedIntegration(dependencies, key);
  if (!usage) return { days: 0, facts: 0, changed: 0 };
  const days = usage.days.map(({ day, facts }) => ({ day, dropped_dimensions: usage.dropped, items: facts }));
  const changed = await writeUsageDays(warehouse, { ...key, dataset: slice.dataset, version }, days);
  if (usage.dropped.length > 0) log.info('OpenAI refused dimensions for this slice', { dropped: usage.dropped });
  const facts = days.reduce((sum, { items }) => sum + items.length, 0);
  countSlice(slice.dataset, { facts, changed });
  return { days: days.length, facts, changed };
}
