import { setTimeout as delay } from 'node:timers/promises';
import { ProviderError } from '#providers/http/error.ts';

const ATTEMPTS = 3;
const FIRST_DELAY_MS = 1_000;
/** A longer wait is Temporal's: it frees the slot of this activity, and the next attempt continues where it stood. */
const LONGEST_WAIT_MS = 60_000;
/** More rate limits than that in a row of one list are waited for by Temporal, too. */
const MAX_WAITS = 10;
/** After so many lists in a row that fail, the rest would fail too: the next daily sync reads them. */
const MAX_FAILURES = 20;

export type NameLists = ReturnType<typeof startNameLists>;

/** What was read; undefined where it was passed over, because OpenAI refused it or did not respond. */
export type Found<T> = { value: T | undefined; isRefused: boolean };

/**
 * Reads lists of names and of limits. A list that OpenAI refuses, or does not return after a few attempts, is passed over:
 * its ids keep their last known names. A rate limit is waited for by all lists together.
 */
export function startNameLists(signal: AbortSignal) {
  const passedOver: string[] = [];
  let failuresInARow = 0;
  /** Of the latest failure: those that are not tried any more would fail alike. */
  let wasRefused = false;
  let pausedUntil = 0;

  async function untilNotPaused() {
    for (let ms = pausedUntil - Date.now(); ms > 0; ms = pausedUntil - Date.now()) {
      await delay(ms, undefined, { signal });
    }
  }

  /** Throws ProviderError where a rate limit requires a longer wait than an activity should take. */
  async function read<T>(what: string, fetch: () => Promise<T>): Promise<Found<T>> {
    let attempts = 0;
    let waits = 0;
    while (failuresInARow < MAX_FAILURES) {
      await untilNotPaused();
      try {
        const value = await fetch();
        failuresInARow = 0;
        return { value, isRefused: false };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.kind === 'rate_limited') {
          const ms = error.retryAfterMs ?? FIRST_DELAY_MS * 2 ** waits;
          if (ms > LONGEST_WAIT_MS || ++waits > MAX_WAITS) throw error;
          pausedUntil = Math.max(pausedUntil, Date.now() + ms);
          continue;
        }
        wasRefused = isRefused(error);
        if (wasRefused || ++attempts === ATTEMPTS) break;
        await delay(error.retryAfterMs ?? FIRST_DELAY_MS * 2 ** (attempts - 1), undefined, { signal });
      }
    }
    failuresInARow += 1;
    passedOver.push(what);
    return { value: undefined, isRefused: wasRefused };
  }

  const list = async <T>(what: string, fetch: () => Promise<T[]>) => (await read(what, fetch)).value ?? [];

  return { list, read, passedOver };
}

/** A list that is not found may be there tomorrow: the next daily sync reads it, so this one need not retry. */
const isRefused = ({ kind, status }: ProviderError) =>
  (kind !== 'provider_unavailable' && kind !== 'malformed_response') || status === 404;
