import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The abort signal of the HTTP request that is being handled. Every `query` made inside `requestScope.run(signal, …)`
 * is cancelled, on the server too, once the signal aborts. Queries made outside, as by the worker, run to their end.
 */
export const requestScope = new AsyncLocalStorage<AbortSignal>();
