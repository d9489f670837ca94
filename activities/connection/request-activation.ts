import { type Integration, integrationId, listIntegrations } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';
import type { changeIntegration } from '#workflows/change-integration.ts';
import { changeId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import type { Admission } from '#workflows/contract/messages.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Asks for a checked key to become the one of its organization's integration, when it is its turn. */
export async function requestAdmission(dependencies: Dependencies, admission: Admission): Promise<void> {
  const key = await nameIntegration(dependencies, admission);
  await dependencies.temporal.workflow.signalWithStart<typeof changeIntegration, [Admission]>('changeIntegration', {
    workflowId: changeId(key),
    taskQueue: TASK_QUEUE,
    args: [key],
    signal: 'admit',
    signalArgs: [admission],
    staticSummary: `Changes of OpenAI's connection for ${key.tenant_id}`,
  });
}

/** The integration that a key belongs to: a known one, or the organization's own. */
export async function nameIntegration(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, credential_id, organization }: CredentialId & { organization: Organization },
): Promise<IntegrationKey> {
  const known = (await listIntegrations(warehouse, tenant_id)).find(isOf(organization, credential_id));
  const name = organization.id || organization.name || credential_id;
  return { tenant_id, integration_id: known?.integration_id ?? integrationId(tenant_id, name) };
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
