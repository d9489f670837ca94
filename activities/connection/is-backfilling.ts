import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { backfillId } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { isRunning } from './running-workflows.ts';

/** Whether a backfill runs with this key already, so that no other is needed. */
export async function isBackfilling(
  { warehouse, temporal }: Dependencies,
  { credential_id, ...key }: IntegrationKey & CredentialId,
): Promise<boolean> {
  const integration = await readIntegration(warehouse, key);
  if (integration?.credential_id !== credential_id) return false;
  if (integration.status !== 'backfilling' && integration.status !== 'connected') return false;
  return isRunning(temporal, backfillId(key, integration));
}
