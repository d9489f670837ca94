import { recordOutcome as record } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey, IntegrationProblem } from '#domain/integration.ts';
import type { SyncMode } from '#domain/sync.ts';
import { pauseDailySchedule, resumeDailySchedule } from '../connection/daily-schedule.ts';
import { currentIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

const notes = {
  key_rejected: 'Paused: OpenAI rejects the key. Resumes when a new key is connected.',
  scope_missing: 'Paused: the key may not read costs. Resumes when a new key is connected.',
  credential_missing: 'Paused: the key is no longer stored. Resumes when a key is connected.',
};

/** `earliest`: the first day that OpenAI keeps, where it keeps no older ones. */
type Outcome = IntegrationKey & {
  mode: SyncMode;
  credential_id: string;
  problem: IntegrationProblem;
  earliest?: string | undefined;
};

/**
 * Records how a sync ended: connected, or with a problem, which pauses the daily schedule. If the key was replaced in
 * the meantime, records nothing: the sync with the new key records its own outcome.
 */
export async function recordOutcome(dependencies: Dependencies, outcome: Outcome): Promise<void> {
  const { tenant_id, integration_id, credential_id, mode, problem, earliest = '' } = outcome;
  const key = { tenant_id, integration_id };
  const isBackfill = mode === 'backfill';
  await record(dependencies.warehouse, { ...key, credential_id, problem, earliest, is_backfill: isBackfill });
  if (!problem) return;
  const isActionRequired = async () => (await currentIntegration(dependencies, key)).status === 'action_required';
  if (!(await isActionRequired())) return;
  await pauseDailySchedule(dependencies, { ...key, note: notes[problem] });
  // A key that was activated in between had resumed the schedule before this paused it.
  if (!(await isActionRequired())) await resumeDailySchedule(dependencies, key);
}
