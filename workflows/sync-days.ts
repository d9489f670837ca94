import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Slice } from '../activities/plan-sync.ts';
import type { IntegrationKey, IntegrationProblem } from '../clickhouse/integrations.ts';
import { concludeSync, planSync, providerActivities } from './activities.ts';
import { integrationStatus, tenantId } from './search-attributes.ts';

/** What a sync read. `earliest` is set where OpenAI keeps no older days. */
export type SyncReport = { slices: number; days: number; facts: number; earliest?: string };
type SyncRange = { today: string; reread_days: number; urgency: 'daily' | 'backfill' };
type Failure = { what: string; type: string };

/** Kind to OpenAI's limits, and enough to hide its latency. */
const READS_AT_ONCE = 3;

/**
 * Plans what has to be read, reads it slice by slice, and records how it ended. A slice that fails does not stop the
 * others; a key that OpenAI rejects stops all of them.
 */
export async function syncDays(integration: IntegrationKey, range: SyncRange): Promise<SyncReport> {
  const { urgency, ...days } = range;
  const { syncSlice, syncProjects } = providerActivities(integration.tenant_id, urgency);
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  const { slices, credential_id } = await planSync({ ...integration, ...days });

  const report: SyncReport = { slices: 0, days: 0, facts: 0 };
  const readSlice = async (slice: Slice) => {
    const summary = `${slice.dataset} ${slice.from} to ${slice.to}`;
    const { days, facts, earliest = '' } = await syncSlice.executeWithOptions({ summary }, [{ ...integration, slice }]);
    report.slices += 1;
    report.days += days;
    report.facts += facts;
    if (earliest > (report.earliest ?? '')) report.earliest = earliest;
    setCurrentDetails(`${report.slices} of ${slices.length} slices · ${report.days} days · ${report.facts} facts`);
  };
  const failures = await readAll([
    { what: 'project names', read: () => syncProjects(integration) },
    ...slices.map((slice) => ({ what: `${slice.dataset} ${slice.from}`, read: () => readSlice(slice) })),
  ]);

  const problem = failures.map(({ type }) => problemOf(type)).find((each) => each !== '') ?? '';
  await concludeSync({ ...integration, credential_id, problem, earliest: report.earliest });
  upsertSearchAttributes([{ key: integrationStatus, value: problem ? 'action_required' : 'connected' }]);
  if (failures.length === 0) return report;
  throw ApplicationFailure.nonRetryable(
    problem
      ? 'OpenAI does not accept the key any more: nothing was lost, and a new key goes on from here.'
      : `Not read: ${failures.map(({ what, type }) => `${what} (${type})`).join(', ')}. The next daily sync tries again.`,
    problem || 'days_missing',
    report,
  );
}

/** Runs all reads, a few at a time, in order. */
async function readAll(reads: { what: string; read: () => Promise<unknown> }[]): Promise<Failure[]> {
  const waiting = [...reads];
  const failures: Failure[] = [];
  const reader = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await next.read();
      } catch (error) {
        if (isCancellation(error)) throw error;
        const type = typeOf(error);
        failures.push({ what: next.what, type });
        if (problemOf(type)) waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  return failures;
}

function typeOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'timeout';
}

function problemOf(type: string): IntegrationProblem {
  return type === 'key_rejected' || type === 'scope_missing' ? type : '';
}
