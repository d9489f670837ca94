import { z } from 'zod';

/** An integration is one organization of one tenant. */
export type IntegrationKey = { tenant_id: string; integration_id: string };

/** Names a stored key: the same tenant and key always have the same name. */
export type CredentialId = { tenant_id: string; credential_id: string };

/** Whose key it is; '' for what the provider does not tell. */
export type Organization = { id: string; name: string };

export const integrationStatus = z.enum(['backfilling', 'connected', 'action_required', 'disconnected']);
export type IntegrationStatus = z.infer<typeof integrationStatus>;

/** What the customer has to correct; '' where nothing is wrong. */
export const integrationProblem = z.enum(['', 'key_rejected', 'scope_missing', 'credential_missing']);
export type IntegrationProblem = z.infer<typeof integrationProblem>;
