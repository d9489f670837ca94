import type { Session } from '#api/routes/session/get-session.ts';
import { useAnswer } from '../api/use-query.ts';

/** Whose data are looked at; undefined until that is known. */
export const useSession = () => useAnswer<Session>('/v1/session').data;
