import { type Integration, integrationId, listIntegrations } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';
import { requestChange } from '#workflows/contract/commands.ts';
import { type Activation, activate } from '#workflows/contract/messages.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Requests that a checked key becomes the active key of its integration. */
export async function requestActivation(dependencies: Dependencies, activation: Activation): Promise<void> {
  const integration = await findIntegration(dependencies, activation);
  await requestChange(dependencies.temporal, integration, activate, activation);
}

/** The integration that a key belongs to: a recorded one, or a new one of the organization. */
export async function findIntegration(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, credential_id, organization }: CredentialId & { organization: Organization },
): Promise<IntegrationKey> {
  const recorded = await listIntegrations(warehouse, tenant_id);
  const known = recorded.find((integration) => isOf(integration, organization, credential_id));
  const name = organization.id || organization.name || credential_id;
  return { tenant_id, integration_id: known?.integration_id ?? integrationId(tenant_id, name) };
}

/**
 * OpenAI does not always tell whose a key is, so an integration is recognized by its key, by the organization's id or,
 * where one of the two has no id, by the organization's name.
 */
function isOf(integration: Integration, { id, name }: Organization, credentialId: string): boolean {
  const { credential_id, organization_id, organization_name } = integration;
  if (credential_id === credentialId) return true;
  if (id !== '' && organization_id === id) return true;
  return name !== '' && organization_name === name && (id === '' || organization_id === '');
}
