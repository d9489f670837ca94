import { recordOutcome as record } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey, IntegrationProblem } from '#domain/integration.ts';
import type { SyncMode } from '#domain/sync.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { isRefusalWave } from './is-refusal-wave.ts';

/** `earliest`: the first day that OpenAI keeps, where it keeps no older ones. */
type Outcome = IntegrationKey & {
  mode: SyncMode;
  credential_id: string;
  problem: IntegrationProblem;
  earliest?: string | undefined;
};

/**
 * Records how a sync ended. A problem of the key makes the integration `action_required`: from then on its daily sync
 * only tries the key. If the key was replaced in the meantime, records nothing: the sync with the new key records its
 * own outcome.
 * @returns the problem as it was recorded: a refused key is excused where OpenAI refuses the keys of many tenants
 */
export async function recordOutcome(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { mode, problem, earliest = '', ...key }: Outcome,
): Promise<IntegrationProblem> {
  const { tenant_id, integration_id, credential_id } = key;
  const isRefusal = problem === 'key_rejected' || problem === 'scope_missing';
  const isExcused = isRefusal && (await isRefusalWave({ warehouse }, tenant_id));
  const recorded = isExcused ? 'provider_unavailable' : problem;
  const outcome = { problem: recorded, earliest, is_backfill: mode === 'backfill' };
  await record(warehouse, { tenant_id, integration_id, credential_id, ...outcome });
  return recorded;
}
