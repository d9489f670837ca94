import type { Session } from '#api/routes/session/get-session.ts';
import { useJson } from '../api/use-fetch.ts';

/** Whether the token may connect, sync and disconnect; true until it is known. */
export const useMayChange = () => useSession()?.scopes.includes('integrations:write') ?? true;

/** The tenant of the token; undefined while it is loading. */
export const useSession = (isNeeded = true) => useJson<Session>(isNeeded ? '/v1/session' : null).data;
