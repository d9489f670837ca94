import { ApplicationFailure } from '@temporalio/common';
import { type Integration, integrationId, listIntegrations } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey, Organization } from '#domain/integration.ts';
import type { KeyToConnect } from '#workflows/contract/messages.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Candidate = KeyToConnect & { organization: Organization };

/**
 * The integration that a key belongs to: a recorded one, or a new one of the organization. The key or OpenAI's id of the
 * organization identifies it; a name does not, because many organizations are called "Personal".
 */
export async function findIntegration(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  key: Candidate,
): Promise<IntegrationKey> {
  const { tenant_id, credential_id, organization } = key;
  const recorded = await listIntegrations(warehouse, tenant_id);
  const known = identify(recorded, key) ?? choose(recorded, key);
  const name = organization.id || credential_id;
  return { tenant_id, integration_id: known?.integration_id ?? integrationId(tenant_id, name) };
}

function identify(recorded: readonly Integration[], { credential_id, organization, integration_id }: Candidate) {
  const { id } = organization;
  const found =
    recorded.find((integration) => integration.credential_id === credential_id) ??
    recorded.find(({ organization_id }) => id !== '' && organization_id === id);
  if (!found || integration_id === undefined || integration_id === 'new') return found;
  if (found.integration_id !== integration_id) throw organizationDiffers();
  return found;
}

/** What the user says, where nothing identifies the organization. */
function choose(recorded: readonly Integration[], { organization, integration_id }: Candidate) {
  if (integration_id === 'new') return undefined;
  if (integration_id !== undefined) {
    const chosen = recorded.find((integration) => integration.integration_id === integration_id);
    if (!chosen || (chosen.organization_id !== '' && organization.id !== '')) throw organizationDiffers();
    return chosen;
  }
  const { id, name } = organization;
  const isAlike = ({ organization_id, organization_name }: Integration) =>
    (id === '' || organization_id === '') && (name === '' || organization_name === '' || organization_name === name);
  if (!recorded.some(isAlike)) return undefined;
  throw ApplicationFailure.nonRetryable(
    'OpenAI does not tell whether the key belongs to an organization that is connected already.',
    'organization_unclear',
  );
}

const organizationDiffers = () =>
  ApplicationFailure.nonRetryable('The key belongs to another organization.', 'organization_differs');
