import useSWR, { type SWRConfiguration } from 'swr';
import { useAsk } from './context.ts';

/** An answer of the API, asked for again when the tab is looked at again. A path that is null is not asked for yet. */
export function useAnswer<T>(path: string | null, options: SWRConfiguration = {}) {
  const ask = useAsk();
  return useSWR<T, Error>(path, async (path: string) => (await ask(path)).json() as Promise<T>, {
    keepPreviousData: true,
    ...options,
  });
}
