import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Api } from './client.ts';
import { useApi } from './context.ts';
import { refetchAfter } from './retry.ts';

type Options<T> = {
  /** In ms, by the last response. */
  polled?: ((latest: T | undefined) => number) | undefined;
  /** Whether the result of another key is returned until there is one, also if that fails. */
  keepsPrevious?: boolean;
  /** For how many ms a response is new enough for components that are displayed later. */
  newFor?: number;
};

/**
 * What `fetch` resolves to, for a key: fetched again when the tab regains the focus, and after a failure. A null key
 * fetches nothing. When no component needs it any more, its requests are cancelled.
 */
export function useFetch<T>(
  key: readonly unknown[] | null,
  fetch: (api: Api, init: RequestInit) => Promise<T>,
  { polled, keepsPrevious = true, newFor = 0 }: Options<T> = {},
) {
  const api = useApi();
  const { data, error, isFetching, isPending } = useQuery<T>({
    queryKey: key ?? [],
    enabled: key !== null,
    staleTime: newFor,
    queryFn: ({ signal }) => fetch(api, { signal }),
    refetchInterval: (query) => refetchAfter(query, polled?.(query.state.data) ?? false),
  });
  const previous = useRef(data);
  if (data !== undefined) previous.current = data;
  // While a failed query is repeated, it has no error: what says so, or is shown in its place, would come and go.
  const of = JSON.stringify(key);
  const failed = useRef<{ of: string; error: Error }>(undefined);
  if (error) failed.current = { of, error };
  else if (data !== undefined) failed.current = undefined;
  return {
    data: data ?? (keepsPrevious ? previous.current : undefined),
    error: failed.current?.of === of ? failed.current.error : undefined,
    isLoading: isPending && isFetching,
  };
}

/** The JSON body of a GET. */
export const useJson = <T>(path: string | null, options?: Options<T>) =>
  useFetch<T>(path === null ? null : [path], async (api, init) => (await api(path ?? '', init)).json(), options);
