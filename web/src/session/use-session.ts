import type { Session } from '#api/routes/session/get-session.ts';
import { useJson } from '../api/use-fetch.ts';

/** The tenant of the token; undefined while it is loading. */
export const useSession = (isNeeded = true) => useJson<Session>(isNeeded ? '/v1/session' : null).data;
