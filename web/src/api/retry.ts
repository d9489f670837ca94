import { type Query, useQueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

const LONGEST_MS = 10_000;

/**
 * When a query is fetched again by itself, in ms; false if it is not. After a failure that may pass: later each time,
 * at most 10 s apart, and not before the API wants it. A request that the API refuses is not sent again.
 * @param polled in ms, while nothing has failed
 */
export function refetchAfter({ state }: Pick<Query, 'state'>, polled: number | false): number | false {
  const { status, error, errorUpdateCount } = state;
  if (status !== 'error') return polled;
  const { problem, retryAfter } = error instanceof ApiError ? error : { problem: { status: 0 }, retryAfter: 0 };
  if (problem.status >= 400 && problem.status < 500 && problem.status !== 429) return false;
  return Math.max(retryAfter, Math.min(1000 * 2 ** errorUpdateCount, LONGEST_MS));
}

/** A function that retries every failed query now, and resolves with the last response. */
export function useRetryFailed(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
}
