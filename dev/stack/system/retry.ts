import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 30;

/** Repeats an attempt until it resolves; rejects with the signal's reason once that is aborted. */
export async function retry<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch {
      await delay(PAUSE_MS);
    }
  }
}
