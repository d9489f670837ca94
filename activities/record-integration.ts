import { destroyUnusedCredential } from '../clickhouse/credentials.ts';
import {
  type Integration,
  type IntegrationKey,
  integrationId,
  listIntegrations,
  writeIntegration,
} from '../clickhouse/integrations.ts';
import type { CredentialId } from '../clickhouse/sealing.ts';
import { addDays } from '../openai/days.ts';
import type { Organization } from '../openai/identify.ts';
import type { Dependencies } from './dependencies.ts';

export const HISTORY_DAYS = 365;

/**
 * Makes the checked key the one of its organization's integration, which starts or goes on backfilling. A key that
 * it replaces is destroyed.
 * @param today UTC day of the connection, the last of the 365
 */
export async function recordIntegration(
  { warehouse }: Dependencies,
  { organization, today, ...credential }: CredentialId & { organization: Organization; today: string },
): Promise<IntegrationKey> {
  const { tenant_id, credential_id } = credential;
  const before = (await listIntegrations(warehouse, tenant_id)).find(isOf(organization, credential_id));
  const integration_id =
    before?.integration_id ?? integrationId(tenant_id, organization.id || organization.name || credential_id);
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
  if (before && before.credential_id !== credential_id) {
    await destroyUnusedCredential(warehouse, { tenant_id, credential_id: before.credential_id });
  }
  return { tenant_id, integration_id };
}

/**
 * OpenAI does not always say whose a key is: what it says later belongs to the integration that the key, the id or, for
 * want of an id, the name is known by.
 */
function isOf({ id, name }: Organization, credentialId: string) {
  return (known: Integration) =>
    known.credential_id === credentialId ||
    (id !== '' && known.organization_id === id) ||
    (name !== '' && known.organization_name === name && (id === '' || known.organization_id === ''));
}
