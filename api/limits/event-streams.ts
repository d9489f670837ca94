import type { RequestHandler } from 'express';
import { addressOf } from '../auth/address.ts';
import { callerOf } from '../auth/authenticate.ts';
import { Problem } from '../problem/problem.ts';

const PER_CREDENTIAL = 50;
/** People behind one proxy or one office's address share it. */
const PER_ADDRESS = 500;

/** Limits the event streams that a credential and an address hold open: each is a connection that lasts. */
export function limitEventStreams(): RequestHandler {
  const open = new Map<string, number>();
  const add = (key: string, change: number) => {
    const count = (open.get(key) ?? 0) + change;
    if (count > 0) open.set(key, count);
    else open.delete(key);
  };

  return (request, response, next) => {
    const limits = new Map([
      [`credential ${callerOf(response).id}`, PER_CREDENTIAL],
      [`address ${addressOf(request)}`, PER_ADDRESS],
    ]);
    for (const [key, limit] of limits) {
      if ((open.get(key) ?? 0) < limit) continue;
      throw new Problem('too_many_at_once', { detail: 'Close event streams that nobody reads, or share one.' });
    }
    if (response.destroyed) return; // it was closed while the token was verified
    for (const key of limits.keys()) add(key, 1);
    response.once('close', () => {
      for (const key of limits.keys()) add(key, -1);
    });
    next();
  };
}
