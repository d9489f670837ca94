import { hash } from 'node:crypto';
import { MemoryStore, type Options } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const WRONG_TOKENS = 30;

/**
 * Counts the wrong tokens of each address. Beyond 30 a minute its tokens are not verified any more, except those that
 * were right before: others behind the same proxy go on.
 */
export function countWrongTokens() {
  const store = new MemoryStore();
  store.init({ windowMs: WINDOW_MS } as Options);
  const right = new LRUCache<string, true>({ max: 10_000 });
  const digest = (token: string) => hash('sha256', token, 'base64url');

  return {
    /** Seconds until a token of this address is verified again; 0: now. */
    async secondsToWait(address: string, token: string): Promise<number> {
      const counted = await store.get(address);
      if (!counted || counted.totalHits < WRONG_TOKENS || right.has(digest(token))) return 0;
      return Math.max(1, Math.ceil(((counted.resetTime?.getTime() ?? 0) - Date.now()) / 1000));
    },
    wasRight: (token: string) => void right.set(digest(token), true),
    wasWrong: (address: string) => store.increment(address),
  };
}
