import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { SyncRange } from '../activities/plan-sync.ts';
import type { Slice, SliceReport } from '../activities/slice.ts';
import type { IntegrationKey, IntegrationProblem } from '../clickhouse/integrations.ts';
import { concludeSync, planSync, providerActivities } from './activities.ts';
import { integrationStatus, tenantId } from './search-attributes.ts';

/** What a sync read and what of it was new. `earliest` is set where OpenAI keeps no older days. */
export type SyncReport = {
  /** Activities that read something. */
  reads: number;
  days: number;
  facts: number;
  changed: number;
  earliest?: string | undefined;
};
type Read = { what: string; read: () => Promise<unknown> };
type Failure = { what: string; type: string };

/** Kind to OpenAI's limits, and enough to hide its latency. */
const READS_AT_ONCE = 3;

/**
 * Plans what has to be read, reads it slice by slice, and records how it ended: first the costs, then all that explains
 * them. A slice that fails does not stop the others; a key that OpenAI rejects stops all of them.
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
  const count = (done: SliceReport) => {
    report.reads += 1;
    report.days += done.days;
    report.facts += done.facts;
    report.changed += done.changed;
    const total = costs.length + usage.length;
    setCurrentDetails(`${report.reads} of ${total} reads · ${report.facts} facts · ${report.changed} days changed`);
  };
  const readCosts = async (slice: Slice) => {
    const done = await syncCosts.executeWithOptions({ summary: nameOf([slice]) }, [{ ...integration, slice }]);
    // Where costs begin, the history does.
    if ((done.earliest ?? '') > (report.earliest ?? '')) report.earliest = done.earliest;
    count(done);
  };
  const readUsage = async (slices: Slice[]) => {
    count(await syncUsage.executeWithOptions({ summary: nameOf(slices) }, [{ ...integration, slices }]));
  };
  const conclude = async (problem: IntegrationProblem) => {
    await concludeSync({ ...integration, credential_id, problem, earliest: report.earliest });
    upsertSearchAttributes([{ key: integrationStatus, value: problem ? 'action_required' : 'connected' }]);
  };

  const reads = costs.map((slice) => ({ what: nameOf([slice]), read: () => readCosts(slice) }));
  const failures = await readAll(reads).catch(async (cancelled) => {
    // Nothing runs any more, and the next sync reads the rest: an integration must not look as if it were backfilling.
    await CancellationScope.nonCancellable(() => conclude(''));
    throw cancelled;
  });
  let problem = problemOf(failures);
  await conclude(problem);
  if (!problem) {
    const names = { what: 'names', read: () => syncNames(integration) };
    const endpoints = usage.map((slices) => ({ what: nameOf(slices), read: () => readUsage(slices) }));
    failures.push(...(await readAll([names, ...endpoints])));
    problem = problemOf(failures);
    if (problem) await conclude(problem);
  }
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

/** Runs all reads, a few at a time, in order. */
async function readAll(reads: readonly Read[]): Promise<Failure[]> {
  const waiting = [...reads];
  const failures: Failure[] = [];
  const reader = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await next.read();
      } catch (error) {
        if (isCancellation(error)) throw error;
        failures.push({ what: next.what, type: typeOf(error) });
        if (problemOf(failures)) waiting.length = 0;
      }
    }
  };
  // Cancelled, too, all readers have ended before this does: nothing is written after it.
  for (const ended of await Promise.allSettled(Array.from({ length: READS_AT_ONCE }, reader))) {
    if (ended.status === 'rejected') throw ended.reason;
  }
  return failures;
}

function typeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}

/** What of the failures only the customer can mend. */
function problemOf(failures: readonly Failure[]): IntegrationProblem {
  const types = failures.map(({ type }) => type);
  return types.includes('key_rejected') ? 'key_rejected' : types.includes('scope_missing') ? 'scope_missing' : '';
}
