import { createContext, useContext } from 'react';
import type { Ask } from './client.ts';

export const AskContext = createContext<Ask | null>(null);

/** How to ask the API for whoever looks at the page. */
export function useAsk(): Ask {
  const ask = useContext(AskContext);
  if (!ask) throw new Error('used without a token');
  return ask;
}
