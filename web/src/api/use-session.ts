import type { Session } from '../../../api/routes/read-session.ts';
import { useAnswer } from './use-answer.ts';

/** Whose data are looked at; undefined until that is known. */
export const useSession = () => useAnswer<Session>('/v1/session').data;
