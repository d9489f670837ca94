import { AsyncLocalStorage } from 'node:async_hooks';

/** Aborted once nobody waits for what is read any more: questions that are asked within end then, in the server too. */
export const reader = new AsyncLocalStorage<AbortSignal>();
