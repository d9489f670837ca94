import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { UsageDataset } from '#domain/dataset.ts';
import type { IntegrationKey, IntegrationProblem } from '#domain/integration.ts';
import type { Slice, SliceReport } from '#domain/slice.ts';
import type { SyncRange } from '#domain/sync.ts';
import { concludeSync, planSync, providerActivities } from './activity-proxies.ts';
import { integrationStatus, tenantId } from './contract/search-attributes.ts';

/** What a sync read and what of it was new. `earliest` is set where OpenAI keeps no older days. */
export type SyncReport = {
  /** Activities that read something. */
  reads: number;
  days: number;
  facts: number;
  changed: number;
  earliest?: string | undefined;
};
type Failure = { what: string; type: string };

/** The costs come first, as long as they come: what explains them does not wait for an outage of theirs to end. */
const COSTS_FIRST = '1 minute';

/**
 * Plans what has to be read, reads it, and records how it ended: connected once the costs are there, then all that
 * explains them. Each read is tried again by itself, as long as it takes, and none waits for another's next try; how
 * many run at once is the workers' to say. A key that OpenAI rejects stops all of them.
 */
export async function syncDays(
  integration: IntegrationKey,
  { urgency, ...range }: SyncRange & { urgency: 'daily' | 'backfill' },
): Promise<SyncReport> {
  const { syncCosts, syncUsage, syncNames } = providerActivities(integration.tenant_id, urgency);
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  // Even a sync that is cancelled at once has to know what it concludes.
  const { costs, usage, credential_id } = await CancellationScope.nonCancellable(() =>
    planSync({ ...integration, ...range }),
  );

  const report: SyncReport = { reads: 0, days: 0, facts: 0, changed: 0 };
  const failures: Failure[] = [];
  const reading = new CancellationScope();
  const read = async (what: string, attempt: () => Promise<unknown>) => {
    try {
      await attempt();
    } catch (error) {
      if (isCancellation(error) && reading.consideredCancelled) return;
      failures.push({ what, type: typeOf(error) });
      if (problemOf(failures)) reading.cancel();
    }
  };
  const count = (done: SliceReport) => {
    report.reads += 1;
    report.days += done.days;
    report.facts += done.facts;
    report.changed += done.changed;
    const total = costs.length + usage.length;
    setCurrentDetails(`${report.reads} of ${total} reads · ${report.facts} facts · ${report.changed} days changed`);
  };
  const readCosts = (slice: Slice) => {
    const summary = nameOf([slice]);
    return read(summary, async () => {
      const done = await syncCosts.executeWithOptions({ summary }, [{ ...integration, slice }]);
      // Where costs begin, the history does.
      if ((done.earliest ?? '') > (report.earliest ?? '')) report.earliest = done.earliest;
      count(done);
    });
  };
  const readUsage = (slices: Slice<UsageDataset>[]) => {
    const summary = nameOf(slices);
    return read(summary, async () => {
      count(await syncUsage.executeWithOptions({ summary }, [{ ...integration, slices }]));
    });
  };
  let concluded: IntegrationProblem | undefined;
  const conclude = (problem: IntegrationProblem) =>
    CancellationScope.nonCancellable(async () => {
      await concludeSync({ ...integration, credential_id, problem, earliest: report.earliest });
      upsertSearchAttributes([{ key: integrationStatus, value: problem ? 'action_required' : 'connected' }]);
      concluded = problem;
    });

  await reading.run(async () => {
    const readAllCosts = async () => {
      await Promise.all(costs.map(readCosts));
      if (!reading.consideredCancelled) await conclude('');
    };
    const readTheRest = async () => {
      // Cancelled meanwhile, nothing more begins: in a scope that is cancelled, reads end at once.
      await condition(() => concluded !== undefined, COSTS_FIRST).catch(() => {});
      await Promise.all([read('names', () => syncNames(integration)), ...usage.map(readUsage)]);
    };
    await Promise.all([readAllCosts(), readTheRest()]);
  });
  // Nothing runs any more. Cancelled, too, it is concluded: an integration must not look as if it were backfilling.
  const problem = problemOf(failures);
  if (concluded !== problem) await conclude(problem);
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The sync was cancelled.');
  if (failures.length === 0) return report;
  throw ApplicationFailure.nonRetryable(
    problem
      ? 'OpenAI does not accept the key any more: nothing was lost, and a new key goes on from here.'
      : `Not read: ${failures.map(({ what, type }) => `${what} (${type})`).join(', ')}. The next daily sync tries again.`,
    problem || 'days_missing',
    report,
  );
}

/** Of slices newest first: what ops read on a timeline. */
const nameOf = (slices: Slice[]) => `${slices[0]?.dataset} ${slices.at(-1)?.from} to ${slices[0]?.to}`;

function typeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}

/** What of the failures only the customer can mend. */
function problemOf(failures: readonly Failure[]): IntegrationProblem {
  const problems = ['key_rejected', 'credential_missing', 'scope_missing'] as const;
  return problems.find((problem) => failures.some(({ type }) => type === problem)) ?? '';
}
