import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 250;

/** Repeats an attempt until it returns a value. @throws Error with what the last attempt said, once time is up */
export async function until<T>(what: string, limitMs: number, attempt: () => Promise<T | undefined>): Promise<T> {
  let last: unknown = 'no result';
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(PAUSE_MS)) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`not within ${limitMs / 1000} s: ${what} (${last instanceof Error ? last.message : last})`);
}
