import { z } from 'zod';

/** An integration is one organization of one tenant. */
export type IntegrationKey = { tenant_id: string; integration_id: string };

/** Names a stored key. The same tenant and key always have the same id. */
export type CredentialId = { tenant_id: string; credential_id: string };

/**
 * The organization that a key belongs to; '' for a field that the provider does not give. `host`: where its region is
 * served, if not at the configured address.
 */
export type Organization = { id: string; name: string; host?: string };

export const integrationStatus = z.enum(['backfilling', 'connected', 'action_required', 'disconnected']);

/** Only another key, or the same one once it works again, can help: these stop an integration. */
export const KEY_PROBLEMS = ['key_rejected', 'key_expired', 'scope_missing', 'credential_missing'] as const;

/**
 * Not the key's fault: the provider refuses the server that calls, or our workers cannot open the key. Syncs go on and
 * fail until that is corrected.
 */
export const ACCESS_PROBLEMS = ['wrong_region', 'network_refused', 'country_unsupported', 'key_unreadable'] as const;

/** Why an integration gets no new days; '' for nothing. `provider_unavailable`: the provider refuses many tenants. */
export const integrationProblem = z.enum(['', ...KEY_PROBLEMS, ...ACCESS_PROBLEMS, 'provider_unavailable']);
export type IntegrationProblem = z.infer<typeof integrationProblem>;

export const isKeyProblem = (problem: string): problem is (typeof KEY_PROBLEMS)[number] =>
  KEY_PROBLEMS.some((one) => one === problem);

export const isAccessProblem = (problem: string): problem is (typeof ACCESS_PROBLEMS)[number] =>
  ACCESS_PROBLEMS.some((one) => one === problem);

const WEEK_MS = 7 * 24 * 3_600_000;

/** Whether a key that expires then is to be replaced by now: a week before, and after it. */
export const expiresSoon = (expiresAt: string | null, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) - now <= WEEK_MS;
