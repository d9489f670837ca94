import { Problem } from '../problem/problem.ts';
import { BusyError, type Semaphore, semaphore } from './semaphore.ts';

/** A caller that waits longer has mostly disconnected by then, and retries. */
const TIMEOUT_MS = 15_000;

/**
 * A semaphore for each tenant, so that the load of one does not slow down the others.
 * @returns a function that waits for a slot and returns its release; it throws Problem too_many_at_once if the queue is
 * full or the wait takes too long, and the signal's reason if it aborts
 */
export function tenantSemaphore({ concurrency, queueLimit }: { concurrency: number; queueLimit: number }) {
  // Kept for the life of the process: a few hundred bytes for each tenant that has called.
  const semaphores = new Map<string, Semaphore>();

  return async function acquire(tenantId: string, signal: AbortSignal): Promise<() => void> {
    const own = semaphores.get(tenantId) ?? semaphore({ concurrency, queueLimit, timeoutMs: TIMEOUT_MS });
    semaphores.set(tenantId, own);
    try {
      return await own.acquire(signal);
    } catch (error) {
      throw error instanceof BusyError ? new Problem('too_many_at_once') : error;
    }
  };
}
