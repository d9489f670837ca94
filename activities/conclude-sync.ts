import { type IntegrationKey, type IntegrationProblem, writeIntegration } from '../clickhouse/integrations.ts';
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
 * @returns whether it was recorded
 */
export async function concludeSync(
  dependencies: Dependencies,
  outcome: IntegrationKey & { credential_id: string; problem: IntegrationProblem; earliest?: string | undefined },
): Promise<boolean> {
  const { tenant_id, integration_id, credential_id, problem, earliest = '' } = outcome;
  const key = { tenant_id, integration_id };
  const integration = await currentIntegration(dependencies, key);
  if (integration.credential_id !== credential_id || integration.status === 'disconnected') return false;
  await writeIntegration(dependencies.warehouse, {
    ...integration,
    status: problem ? 'action_required' : 'connected',
    problem,
    history_from: earliest > integration.history_from ? earliest : integration.history_from,
  });
  if (problem) await pauseDailySync(dependencies, { ...key, note: notes[problem] });
  return true;
}
