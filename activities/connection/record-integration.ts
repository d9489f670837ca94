import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, type Day, earlierDay } from '#domain/day.ts';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';
import type { Dependencies } from '../context/dependencies.ts';

/**
 * Records the checked key as the active key of its integration. The integration is backfilling from then on.
 * @param today UTC day on which the key was sent, the last day of the history
 * @returns false, having changed nothing, where a disconnect or another key has deleted the key since it was checked
 */
export async function recordIntegration(
  { warehouse, historyDays = HISTORY_DAYS }: Pick<Dependencies, 'warehouse' | 'historyDays'>,
  { organization, today, ...key }: IntegrationKey & CredentialId & { organization: Organization; today: Day },
): Promise<boolean> {
  const { tenant_id, integration_id, credential_id } = key;
  if (!(await readCredential(warehouse, key))) return false;
  const before = await readIntegration(warehouse, key);
  const from = addDays(today, 1 - historyDays);
  await writeIntegration(warehouse, {
    tenant_id,
    integration_id,
    organization_id: organization.id || (before?.organization_id ?? ''),
    organization_name: organization.name || before?.organization_name || organization.id,
    status: 'backfilling',
    problem: '',
    credential_id,
    connected_at: before?.connected_at ?? `${new Date().toISOString().slice(0, 19)}Z`,
    history_from: before ? earlierDay(before.history_from, from) : from,
    history_to: addDays(today, 1),
    host: organization.host ?? '',
  });
  return true;
}
