import { createClient } from '@clickhouse/client-web';
import { Agent, fetch } from 'undici';
import type { z } from 'zod';
import { IDLE_MS } from './http-agent.ts';
import {
  AFTER_WRITES,
  CANCEL_ON_DISCONNECT,
  MAX_CONNECTIONS,
  READ_LIMITS,
  sharedOptions,
  type WarehouseOptions,
} from './options.ts';
import { requestScope } from './request-scope.ts';
import { inStatement } from './statement.ts';

/** SQL text with `{name: Type}` parameters, and the shape of a row of its result. `name` appears in logs and errors. */
type Query<T extends z.ZodType> = { name: string; sql: string; params?: Record<string, unknown>; row: T };

// The server cancels a query after these seconds; we give up a little later.
const READ_SECONDS = 30;
const TIMEOUT_MS = (READ_SECONDS + 5) * 1000;

/**
 * Reads rows, by ClickHouse's client for `fetch`: the one for Node waits for a timer before each request, which takes
 * 1.1 ms, a fifth of a look at the revision. See docs/adr/0047.
 */
export function openQueries(options: WarehouseOptions) {
  const dispatcher = new Agent({
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const client = createClient({
    ...sharedOptions(options),
    ...{ username: asBytes(options.user), password: asBytes(options.password) },
    http_headers: { 'user-agent': `${options.application} clickhouse-js` }, // as of the other client
    request_timeout: TIMEOUT_MS,
    compression: { response: true },
    fetch: ((url: string, init: object) =>
      fetch(url, { ...init, dispatcher, redirect: 'error' })) as unknown as typeof globalThis.fetch,
  });

  return {
    query<T extends z.ZodType>({ name, sql, params = {}, row }: Query<T>): Promise<z.infer<T>[]> {
      return inStatement(name, async (request) => {
        const signal = requestScope.getStore();
        signal?.throwIfAborted();
        const result = await client.query({
          query: sql,
          query_params: params,
          ...request,
          format: 'JSONEachRow',
          // The client takes the signal's only handler, and a request may have several queries.
          ...(signal && { abort_signal: AbortSignal.any([signal]) }),
          clickhouse_settings: {
            ...READ_LIMITS,
            max_execution_time: READ_SECONDS,
            timeout_before_checking_execution_speed: 0,
            ...AFTER_WRITES,
            log_comment: name,
            output_format_parallel_formatting: 0, // threads of its own took a small result 0.5 to 0.8 ms of CPU
            ...(signal && CANCEL_ON_DISCONNECT),
          },
        });
        return row.array().parse(await result.json());
      });
    },
    /** Ends what still runs. */
    close: () => dispatcher.destroy(),
  };
}

/** The client encodes credentials by `btoa`, which knows characters of one byte alone; ClickHouse expects UTF-8. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1');
