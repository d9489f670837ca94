import { type SWRConfiguration, useSWRConfig } from 'swr';

const LONGEST_MS = 10_000;

/** What failed is asked again by itself, soon after an outage too, however long that was. */
export const askAgainSoon: NonNullable<SWRConfiguration['onErrorRetry']> = (
  _error,
  _key,
  _config,
  ask,
  { retryCount = 0 },
) => {
  setTimeout(ask, Math.min(1000 * 2 ** retryCount, LONGEST_MS), { retryCount });
};

/** How to ask every question again whose last answer was none; it ends with the last answer. */
export function useAskAgain(): () => Promise<void> {
  const { cache, mutate } = useSWRConfig();
  return async () => {
    const failed = [...cache.keys()].filter((key) => cache.get(key)?.error !== undefined);
    await Promise.all(failed.map((key) => mutate(key)));
  };
}
