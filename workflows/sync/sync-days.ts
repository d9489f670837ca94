import { CancellationScope, CancelledFailure, condition, patched, upsertSearchAttributes } from '@temporalio/workflow';
import { type IntegrationKey, type IntegrationProblem, isKeyProblem } from '#domain/integration.ts';
import type { SyncMode, SyncRange, SyncReport } from '#domain/sync.ts';
import { evaluateCosts, planSync, readActivities, recordOutcome } from '../activities/activity-proxies.ts';
import { integrationStatus, tenantId } from '../contract/search-attributes.ts';
import { isKeyStillRefused } from './probe-key.ts';
import { sliceReader } from './read-slices.ts';
import { trackProgress } from './sync-progress.ts';
import { startReads } from './sync-reads.ts';

/** How long older days of a backfill wait for the newest, which people look at first. */
const NEWEST_FIRST = '10 seconds';
/** How long usage and names wait for the costs: an outage of the costs must not hold them up. */
const COSTS_FIRST = '1 minute';

/**
 * Plans what has to be read and reads it: the newest costs, the older ones, then the usage and names that explain them.
 * The integration is connected once its costs are there, which are then judged. What fails is retried by itself and holds
 * up nothing else. A key that the provider refuses for the costs cancels all reads. The outcome is always recorded at the end, even if the
 * sync was cancelled.
 */
export async function syncDays(
  integration: IntegrationKey,
  { mode, ...range }: SyncRange & { mode: SyncMode },
): Promise<SyncReport> {
  const { syncNewest, syncCosts, syncUsage, syncNames } = readActivities(integration.tenant_id, mode);
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  // A sync that is cancelled at once needs its plan, too, to record the outcome.
  const plan = await CancellationScope.nonCancellable(() => planSync({ ...integration, ...range }));
  const progress = trackProgress(plan.costs.length + plan.usage.length);
  const reads = startReads();
  const readSlices = sliceReader({ input: { ...integration, mode }, reads, progress });
  let recorded: IntegrationProblem | undefined;

  if (plan.is_stopped && (await isKeyStillRefused(integration))) return progress.report;
  await reads.run(costsThenOutcome, usageAndNames);
  if (recorded !== reads.problem()) await record(reads.problem());
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The sync was cancelled.');
  const failure = reads.failure(progress.report);
  if (failure) throw failure;
  return progress.report;

  async function costsThenOutcome() {
    const newest = plan.costs.slice(0, mode === 'backfill' ? 1 : undefined);
    const older = plan.costs.slice(newest.length);
    let isNewestRead = false;
    const readNewest = async () => {
      await readSlices(newest, syncNewest);
      isNewestRead = true;
    };
    const readOlder = async () => {
      await waitFor(() => isNewestRead, NEWEST_FIRST);
      await readSlices(older, syncCosts);
    };
    await Promise.all([readNewest(), readOlder()]);
    if (reads.isCancelled()) return;
    await record(reads.problem());
    // The next sync judges again what this one could not.
    if (patched('alerts')) await evaluateCosts(integration).catch(() => {});
  }

  async function usageAndNames() {
    await waitFor(() => recorded !== undefined, COSTS_FIRST);
    await Promise.all([
      readSlices(plan.usage, syncUsage),
      syncNames({ ...integration, unnamed_since: plan.unnamed_since }).catch(() => {}), // ids keep the names that they have; the next sync reads them
    ]);
  }

  /** Not cancellable: an integration must not look as if its sync still ran. */
  async function record(problem: IntegrationProblem) {
    // Not connected without a day of costs: it stays `backfilling`, and another backfill is started within the hour.
    if (mode === 'backfill' && reads.hasNoCosts() && patched('no-costs')) return;
    await CancellationScope.nonCancellable(async () => {
      const { credential_id } = plan;
      const { earliest } = progress.report;
      const told = await recordOutcome({ ...integration, mode, credential_id, problem, earliest });
      upsertSearchAttributes([{ key: integrationStatus, value: isKeyProblem(told) ? 'action_required' : 'connected' }]);
      recorded = problem;
    });
  }
}

/** Waits until something is so, no longer than a time. A cancelled wait ends at once, as the reads after it do. */
async function waitFor(isSo: () => boolean, atMost: string): Promise<void> {
  await condition(isSo, atMost).catch(() => {});
}
