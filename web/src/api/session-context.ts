import { createContext, useContext } from 'react';
import type { Session } from '../../../api/routes/read-session.ts';
import type { Ask } from './ask.ts';

type Context = { ask: Ask; session: Session };
export const SessionContext = createContext<Context | null>(null);

/** Who looks at the page, and how to ask the API for them. */
export function useSession(): Context {
  const context = useContext(SessionContext);
  if (!context) throw new Error('used outside of a session');
  return context;
}
