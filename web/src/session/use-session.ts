import type { Session } from '#api/routes/session/get-session.ts';
import { useQuery } from '../api/use-query.ts';

/** The tenant of the token; undefined while it is loading. */
export const useSession = () => useQuery<Session>('/v1/session').data;
