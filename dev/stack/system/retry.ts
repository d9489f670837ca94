import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until `answers` resolves; rejects with the signal's reason once that is aborted. */
export async function until<T>(answers: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await answers();
    } catch {
      await delay(30);
    }
  }
}
