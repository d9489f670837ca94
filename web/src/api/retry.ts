import { useEffect, useRef } from 'react';
import { type Key, type Middleware, type SWRResponse, unstable_serialize, useSWRConfig } from 'swr';

const LONGEST_MS = 10_000;

/**
 * What failed is asked again by itself, soon after an outage too, however long that was. SWR's own way to do so ends
 * where whoever asked first is gone, though another one still waits for the answer.
 */
export const askAgainSoon: Middleware = (useNext) => (key, fetcher, config) => {
  const answer = useNext(key, fetcher, config);
  useAskedAgain(key, answer);
  return answer;
};

function useAskedAgain(key: Key, { error, mutate }: Pick<SWRResponse, 'error' | 'mutate'>) {
  const { cache } = useSWRConfig();
  const question = unstable_serialize(key);
  const failures = useRef(0);
  useEffect(() => {
    if (error === undefined) {
      failures.current = 0;
      return;
    }
    failures.current += 1;
    // Of several who wait for one answer, the first asks.
    const ask = () => cache.get(question)?.isValidating || mutate();
    const timer = setTimeout(ask, Math.min(1000 * 2 ** failures.current, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [error, mutate, cache, question]);
}

/** How to ask every question again whose last answer was none; it ends with the last answer. */
export function useAskAgain(): () => Promise<void> {
  const { cache, mutate } = useSWRConfig();
  return async () => {
    const failed = [...cache.keys()].filter((key) => cache.get(key)?.error !== undefined);
    await Promise.all(failed.map((key) => mutate(key)));
  };
}
