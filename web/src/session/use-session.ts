import type { Session } from '#api/routes/session/get-session.ts';
import { useJson } from '../api/use-fetch.ts';

/** Whether the token has a scope; true until it is known. */
export const useMay = (scope: 'integrations:write' | 'budgets:write' | 'channels:write') =>
  useSession()?.scopes.includes(scope) ?? true;

/** The tenant of the token; undefined while it is loading. */
export const useSession = (isNeeded = true) => useJson<Session>(isNeeded ? '/v1/session' : null).data;
