import { setImmediate } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs work that holds the process for long, one piece a turn of the event loop, in the order of the calls. Responses
 * that arrive together would else be read in one turn, and all statements and heartbeats would wait for its end.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  const result = last.then(() => setImmediate()).then(work);
  last = result.catch(() => {});
  return result;
}
