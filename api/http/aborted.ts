import type { Response } from 'express';

/** A signal that aborts once the caller has disconnected or the response has ended. */
export function abortedWith(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  if (response.destroyed) controller.abort(); // it was closed while the token was verified
  return controller.signal;
}
