import { useEffect, useRef } from 'react';
import { type Key, type Middleware, type SWRResponse, unstable_serialize, useSWRConfig } from 'swr';

const LONGEST_MS = 10_000;

/**
 * Retries failed queries, without limit, at most 10 s apart. SWR's own retry stops when the component that started
 * the request is unmounted, although another one still needs the response.
 */
export const retryOnError: Middleware = (useNext) => (key, fetcher, config) => {
  const response = useNext(key, fetcher, config);
  useRetry(key, response);
  return response;
};

function useRetry(key: Key, { error, mutate }: Pick<SWRResponse, 'error' | 'mutate'>) {
  const { cache } = useSWRConfig();
  const cacheKey = unstable_serialize(key);
  const failures = useRef(0);
  useEffect(() => {
    if (error === undefined) {
      failures.current = 0;
      return;
    }
    failures.current += 1;
    // Several components may need one response: only the first one sends the request.
    const retry = () => cache.get(cacheKey)?.isValidating || mutate();
    const timer = setTimeout(retry, Math.min(1000 * 2 ** failures.current, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [error, mutate, cache, cacheKey]);
}

/** A function that retries every failed query now, and resolves with the last response. */
export function useRetryFailed(): () => Promise<void> {
  const { cache, mutate } = useSWRConfig();
  return async () => {
    const failed = [...cache.keys()].filter((key) => cache.get(key)?.error !== undefined);
    await Promise.all(failed.map((key) => mutate(key)));
  };
}
