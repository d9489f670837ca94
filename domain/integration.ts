import { z } from 'zod';

/** An integration is one organization of one tenant. */
export type IntegrationKey = { tenant_id: string; integration_id: string };

/** Names a stored key. The same tenant and key always have the same id. */
export type CredentialId = { tenant_id: string; credential_id: string };

/** The organization that a key belongs to; '' for a field that the provider does not give. */
export type Organization = { id: string; name: string };

export const integrationStatus = z.enum(['backfilling', 'connected', 'action_required', 'disconnected']);

/** What the customer has to correct; '' for nothing. */
export const integrationProblem = z.enum(['', 'key_rejected', 'scope_missing', 'credential_missing']);
export type IntegrationProblem = z.infer<typeof integrationProblem>;
