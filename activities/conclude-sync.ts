import { concludeIntegration, type IntegrationKey, type IntegrationProblem } from '../clickhouse/integrations.ts';
import { pauseDailySync } from './daily-schedule.ts';
import { currentIntegration, type Dependencies } from './dependencies.ts';

const notes = {
  key_rejected: 'Paused: OpenAI rejects the key. It resumes when a new key is connected.',
  scope_missing: 'Paused: the key may not read costs. It resumes when a new key is connected.',
};

/**
 * Records how a sync ended: connected, or action required of the customer, which pauses the daily schedule too. Says
 * nothing of an integration whose key was replaced meanwhile: the new key's own sync will.
 * @param earliest where OpenAI keeps no older days: the first day of the history, then
 */
export async function concludeSync(
  dependencies: Dependencies,
  outcome: IntegrationKey & { credential_id: string; problem: IntegrationProblem; earliest?: string | undefined },
): Promise<void> {
  const { tenant_id, integration_id, problem, earliest = '' } = outcome;
  const status = problem ? 'action_required' : 'connected';
  await concludeIntegration(dependencies.warehouse, { ...outcome, earliest, status });
  if (!problem) return;
  const key = { tenant_id, integration_id };
  const { status: recorded } = await currentIntegration(dependencies, key);
  if (recorded === 'action_required') await pauseDailySync(dependencies, { ...key, note: notes[problem] });
}
