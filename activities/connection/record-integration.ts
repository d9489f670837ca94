import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays } from '#domain/day.ts';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';
import type { Dependencies } from '../context/dependencies.ts';

/**
 * Makes the checked key the one of its organization's integration, which starts or goes on backfilling.
 * @param today UTC day of the connection, the last of the 365
 * @returns false, having changed nothing, where a disconnect or another key has destroyed the key since it was checked
 */
export async function recordIntegration(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { organization, today, ...key }: IntegrationKey & CredentialId & { organization: Organization; today: string },
): Promise<boolean> {
  const { tenant_id, integration_id, credential_id } = key;
  if (!(await readCredential(warehouse, key))) return false;
  const before = await readIntegration(warehouse, key);
  const yearAgo = addDays(today, 1 - HISTORY_DAYS);
  await writeIntegration(warehouse, {
    tenant_id,
    integration_id,
    organization_id: organization.id || (before?.organization_id ?? ''),
    organization_name: organization.name || before?.organization_name || organization.id,
    status: 'backfilling',
    problem: '',
    credential_id,
    connected_at: before?.connected_at ?? `${new Date().toISOString().slice(0, 19)}Z`,
    history_from: before && before.history_from < yearAgo ? before.history_from : yearAgo,
    history_to: addDays(today, 1),
  });
  return true;
}
