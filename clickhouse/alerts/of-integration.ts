import type { IntegrationKey } from '#domain/integration.ts';

/** SQL that narrows a condition on all tenants to one integration, whose key the parameters have; '' for all. */
export const ofIntegration = (only: IntegrationKey | undefined): string =>
  only ? 'AND tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}' : '';
