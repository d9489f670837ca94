import { CancellationScope, CancelledFailure, condition, upsertSearchAttributes } from '@temporalio/workflow';
import { type IntegrationKey, type IntegrationProblem, isKeyProblem } from '#domain/integration.ts';
import type { Slice, SliceReport } from '#domain/slice.ts';
import type { SyncMode, SyncRange, SyncReport } from '#domain/sync.ts';
import { planSync, readActivities, recordOutcome } from './activity-proxies.ts';
import { integrationStatus, tenantId } from './contract/search-attributes.ts';
import { isKeyStillRefused } from './probe-key.ts';
import { trackProgress } from './sync-progress.ts';
import { startReads } from './sync-reads.ts';

/** How long usage and names wait for the costs: an outage of the costs must not hold them up. */
const COSTS_FIRST = '1 minute';

/**
 * Plans what has to be read and reads it: the costs first, then the usage and names that explain them. The integration
 * is connected once its costs are there. Each read is retried by itself, and none waits for another's retry. A key that
 * the provider rejects cancels all reads. The outcome is always recorded at the end, even if the sync was cancelled.
 */
export async function syncDays(
  integration: IntegrationKey,
  { mode, ...range }: SyncRange & { mode: SyncMode },
): Promise<SyncReport> {
  const { syncCosts, syncUsage, syncNames } = readActivities(integration.tenant_id, mode);
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  // A sync that is cancelled at once needs its plan, too, to record the outcome.
  const plan = await CancellationScope.nonCancellable(() => planSync({ ...integration, ...range }));
  const progress = trackProgress(plan.costs.length + plan.usage.length);
  const reads = startReads();
  let recorded: IntegrationProblem | undefined;

  if (plan.is_stopped && (await isKeyStillRefused(integration))) return progress.report;
  await reads.run(costsThenOutcome, usageAndNames);
  if (recorded !== reads.problem()) await record(reads.problem());
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The sync was cancelled.');
  const failure = reads.failure(progress.report);
  if (failure) throw failure;
  return progress.report;

  async function costsThenOutcome() {
    await Promise.all(
      plan.costs.map((slice) =>
        read([slice], (options) => syncCosts.executeWithOptions(options, [{ ...integration, slice }])),
      ),
    );
    if (!reads.isCancelled()) await record(reads.problem());
  }

  async function usageAndNames() {
    // A wait that is cancelled throws. That is no failure: the reads below end at once in their cancelled scope.
    await condition(() => recorded !== undefined, COSTS_FIRST).catch(() => {});
    await Promise.all([
      reads.attempt('names', () => syncNames(integration)),
      ...plan.usage.map((slices) =>
        read(slices, (options) => syncUsage.executeWithOptions(options, [{ ...integration, mode, slices }])),
      ),
    ]);
  }

  function read(slices: readonly Slice[], run: (options: { summary: string }) => Promise<SliceReport>) {
    const summary = nameOf(slices);
    return reads.attempt(summary, async () => progress.count(await run({ summary })));
  }

  /** Not cancellable: an integration must not look as if its sync still ran. */
  function record(problem: IntegrationProblem) {
    return CancellationScope.nonCancellable(async () => {
      const { credential_id } = plan;
      const { earliest } = progress.report;
      const told = await recordOutcome({ ...integration, mode, credential_id, problem, earliest });
      upsertSearchAttributes([{ key: integrationStatus, value: isKeyProblem(told) ? 'action_required' : 'connected' }]);
      recorded = problem;
    });
  }
}

/** What ops see on the timeline. Slices are in order, newest first. */
const nameOf = (slices: readonly Slice[]) => `${slices[0]?.dataset} ${slices.at(-1)?.from} to ${slices[0]?.to}`;
