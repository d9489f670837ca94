import { useEffect, useRef } from 'react';
import { type Middleware, type SWRResponse, useSWRConfig } from 'swr';

const LONGEST_MS = 10_000;

/**
 * What failed is asked again by itself, soon after an outage too, however long that was. SWR's own way to do so ends
 * where whoever asked first is gone, though another one still waits for the answer.
 */
export const askAgainSoon: Middleware = (useNext) => (key, fetcher, config) => {
  const answer = useNext(key, fetcher, config);
  useAskedAgain(answer);
  return answer;
};

function useAskedAgain({ error, mutate }: Pick<SWRResponse, 'error' | 'mutate'>) {
  const failures = useRef(0);
  useEffect(() => {
    if (error === undefined) {
      failures.current = 0;
      return;
    }
    failures.current += 1;
    const timer = setTimeout(() => mutate(), Math.min(1000 * 2 ** failures.current, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [error, mutate]);
}

/** How to ask every question again whose last answer was none; it ends with the last answer. */
export function useAskAgain(): () => Promise<void> {
  const { cache, mutate } = useSWRConfig();
  return async () => {
    const failed = [...cache.keys()].filter((key) => cache.get(key)?.error !== undefined);
    await Promise.all(failed.map((key) => mutate(key)));
  };
}
