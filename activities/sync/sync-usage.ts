import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { daysReadSince } from '#clickhouse/coverage/due-days.ts';
import { writeUsageDays } from '#clickhouse/writes/usage-days.ts';
import { endpointOf, type UsageDataset } from '#domain/dataset.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Slice, SliceReport } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { ProviderError } from '#providers/http/error.ts';
import { failForUnreadable } from '#providers/reports/unreadable.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';
import { countSlice } from './count-slice.ts';

/**
 * Reads slices of one usage endpoint, one after the other, and replaces the changed days of each by one insert. A retry
 * reads only the slices that are not written yet, and starts with another one each time: a slice that OpenAI fails to
 * return holds up no other. Ends where the integration is disconnected meanwhile.
 * @param slices all of one dataset, no day in two of them
 */
export async function syncUsage(
  dependencies: Dependencies,
  { mode, slices, ...key }: IntegrationKey & { mode: SyncMode; slices: Slice<UsageDataset>[] },
): Promise<SliceReport> {
  const report: SliceReport = { days: 0, facts: 0, changed: 0 };
  const [first] = slices;
  if (!first) return report;
  const { dataset } = first;
  const { scheduledTimestampMs, attempt } = activityInfo();
  const { tenant_id, credential_id, history_from } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  // A backfill is planned before its costs show where the history begins. Usage of older days would explain nothing.
  const earliest = mode === 'backfill' ? history_from : '';
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
  const { dataset } = slice;
  const version = Date.now(); // before the read begins: of two attempts, the later read wins

  const options = { signal: cancellationSignal() };
  const usage = await unlessScopeMissing(() => openai.usage(adminKey, endpointOf(dataset), slice, options));
  await connectedIntegration(dependencies, key);
  if (!usage) {
    log.info('the key lacks the scope: usage is left out', { dataset });
    return { days: 0, facts: 0, changed: 0 };
  }
  const days = usage.days.map(({ day, facts, dropped }) => ({ day, dropped_dimensions: dropped, items: facts }));
  const changed = await writeUsageDays(warehouse, { ...key, dataset, version }, days);
  const coarse = usage.days.filter(({ dropped }) => dropped.length > 0);
  if (coarse.length > 0) log.info('OpenAI refused dimensions', { dropped: coarse[0]?.dropped, days: coarse.length });
  const facts = days.reduce((sum, { items }) => sum + items.length, 0);
  countSlice(dataset, { facts, changed });
  failForUnreadable(usage, `/organization/usage/${endpointOf(dataset)}`);
  return { days: days.length, facts, changed };
}

/** Returns undefined if the key lacks the scope: that must not fail the sync. */
async function unlessScopeMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'scope_missing') return undefined;
    throw error;
  }
}
