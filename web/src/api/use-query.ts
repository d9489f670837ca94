import useSWR, { type SWRConfiguration } from 'swr';
import { useApi } from './context.ts';

/** The JSON body of a GET, fetched again when the tab regains the focus. A null path fetches nothing. */
export function useQuery<T>(path: string | null, options: SWRConfiguration = {}) {
  const api = useApi();
  return useSWR<T, Error>(path, async (path: string) => (await api(path)).json() as Promise<T>, {
    keepPreviousData: true,
    ...options,
  });
}
