import { recordOutcome } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey, IntegrationProblem } from '#domain/integration.ts';
import { pauseDailySync, resumeDailySync } from '../connection/daily-schedule.ts';
import { currentIntegration, type Dependencies } from '../context/dependencies.ts';
import { isBackfill } from './is-backfill.ts';

const notes = {
  key_rejected: 'Paused: OpenAI rejects the key. It resumes when a new key is connected.',
  scope_missing: 'Paused: the key may not read costs. It resumes when a new key is connected.',
  credential_missing: 'Paused: the key is not stored any more. It resumes when a key is connected.',
};

/**
 * Records how a sync ended: the days are there, or action is required of the customer, which pauses the daily schedule
 * too. Says nothing of an integration whose key was replaced meanwhile: the new key's own sync will.
 * @param earliest where OpenAI keeps no older days: the first day of the history, then
 */
export async function concludeSync(
  dependencies: Dependencies,
  outcome: IntegrationKey & { credential_id: string; problem: IntegrationProblem; earliest?: string | undefined },
): Promise<void> {
  const { tenant_id, integration_id, problem, earliest = '' } = outcome;
  await recordOutcome(dependencies.warehouse, { ...outcome, earliest, is_backfill: isBackfill() });
  if (!problem) return;
  const key = { tenant_id, integration_id };
  const isRequired = async () => (await currentIntegration(dependencies, key)).status === 'action_required';
  if (!(await isRequired())) return;
  await pauseDailySync(dependencies, { ...key, note: notes[problem] });
  // A key that was connected in between has resumed it before we paused it.
  if (!(await isRequired())) await resumeDailySync(dependencies, key);
}
