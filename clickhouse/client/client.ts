import { randomUUID } from 'node:crypto';
import { addAbortSignal } from 'node:stream';
import { ClickHouseError, type ClickHouseSettings, createClient } from '@clickhouse/client';
import type { z } from 'zod';
import { begun, withholdEnd } from './complete-stream.ts';
import { keepConnections } from './http-agent.ts';
import { reader } from './request-scope.ts';

/** What went wrong between us and ClickHouse. `code` is ClickHouse's own (`241`), '' where it did not answer. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly code: string;
  readonly queryId: string;
  constructor(message: string, code: string, queryId: string) {
    super(message);
    this.code = code;
    this.queryId = queryId;
  }
}

export type WarehouseOptions = { url: string; user: string; password: string; database: string; application: string };

/** Question: SQL text with `{name: Type}` parameters, and the shape of a row of its answer. */
type Question<T extends z.ZodType> = { name: string; sql: string; params?: Record<string, unknown>; row: T };

/** A question whose answer is bytes in one of ClickHouse's formats; `signal` ends the query. */
type Export = {
  name: string;
  sql: string;
  params: Record<string, unknown>;
  format: string;
  settings: ClickHouseSettings;
  signal: AbortSignal;
};

export type Warehouse = ReturnType<typeof openWarehouse>;

// A read that runs longer than this is cut by the server, and a little later by us.
const READ_SECONDS = 30;
const WRITE_SECONDS = 120;
// A stream lasts as long as its reader takes. One that stands still is cut: its reader has gone without a word.
const STREAM_SECONDS = 3600;
const STANDSTILL_SECONDS = 300;

// Ten, as by default, are what one request of a dashboard's head and its neighbour take: others would wait behind them.
const MAX_CONNECTIONS = 100;

// A server looks whether the reader is there still only where a query is read-only.
const END_WITH_READER = { cancel_http_readonly_queries_on_client_close: 1, readonly: '2' } as const;

/** A thin client: bound parameters, exact decimals as strings, rows parsed rather than cast, errors without row data. */
export function openWarehouse({ url, user, password, database, application }: WarehouseOptions) {
  const options = {
    url,
    username: user,
    password,
    database,
    application,
    compression: { request: true, response: true },
    clickhouse_settings: { output_format_json_quote_decimals: 1, output_format_json_quote_64bit_integers: 1 },
    log: { level: 127 }, // off: errors reach the caller typed, and are logged there once
  } as const;
  const client = createClient({
    ...options,
    ...keepConnections(url, MAX_CONNECTIONS),
    request_timeout: (WRITE_SECONDS + 5) * 1000,
  });
  // Connections of their own, so that slow readers of exports never keep anyone else waiting for one. Not compressed:
  // that costs more than it saves where bytes are only passed on.
  const streams = createClient({
    ...options,
    ...keepConnections(url, MAX_CONNECTIONS),
    request_timeout: STANDSTILL_SECONDS * 1000,
    compression: { request: false, response: false },
  });

  function typed(error: unknown, name: string, queryId: string): unknown {
    // ClickHouse quotes rows and SQL in its messages: only its code and type go further.
    if (error instanceof ClickHouseError) {
      return new WarehouseError(`${name}: ClickHouse answered ${error.code} ${error.type ?? ''}`, error.code, queryId);
    }
    if (error instanceof Error && error.name === 'ZodError') return error;
    const { code = '' } = error as { code?: string };
    return new WarehouseError(`${name}: ClickHouse did not answer ${code}`.trimEnd(), '', queryId);
  }

  async function guarded<R>(name: string, run: (queryId: string) => Promise<R>): Promise<R> {
    const queryId = randomUUID();
    try {
      return await run(queryId);
    } catch (error) {
      reader.getStore()?.throwIfAborted();
      throw typed(error, name, queryId);
    }
  }

  return {
    /** All rows of a question, parsed. */
    query<T extends z.ZodType>({ name, sql, params = {}, row }: Question<T>): Promise<z.infer<T>[]> {
      return guarded(name, async (query_id) => {
        const abort_signal = reader.getStore();
        const answer = await client.query({
          query: sql,
          query_params: params,
          query_id,
          format: 'JSONEachRow',
          ...(abort_signal && { abort_signal }),
          clickhouse_settings: {
            max_execution_time: READ_SECONDS,
            timeout_before_checking_execution_speed: 0,
            log_comment: name,
            ...(abort_signal && END_WITH_READER),
          },
        });
        return row.array().parse(await answer.json());
      });
    },

    /**
     * An answer as bytes, as fast as they are read. An error before the first byte is thrown here, a later one while
     * iterating: bytes that end without an error are whole.
     */
    stream({ name, sql, params, format, settings, signal }: Export): Promise<AsyncIterable<Buffer>> {
      async function* read() {
        const query_id = randomUUID();
        try {
          const { stream, response_headers } = await streams.exec({
            query: `${sql}\nFORMAT ${format}`,
            query_params: params,
            query_id,
            abort_signal: signal,
            clickhouse_settings: {
              max_execution_time: STREAM_SECONDS,
              timeout_before_checking_execution_speed: 0,
              log_comment: name,
              // Else an exception in mid-answer becomes the last row of a regular answer. Off, a server cuts it.
              http_write_exception_in_output_format: 0,
              ...END_WITH_READER,
              ...settings,
            },
          });
          yield* withholdEnd(addAbortSignal(signal, stream), response_headers['x-clickhouse-exception-tag'] as string);
        } catch (error) {
          signal.throwIfAborted();
          throw typed(error, name, query_id);
        }
      }
      return begun(read());
    },

    /** Inserts rows as one block: all of them become visible at one instant, or none. */
    insert(table: string, rows: readonly object[]): Promise<void> {
      return guarded(`insert into ${table}`, async (query_id) => {
        await client.insert({
          table,
          values: rows,
          format: 'JSONEachRow',
          query_id,
          clickhouse_settings: {
            async_insert: 0,
            input_format_skip_unknown_fields: 0,
            input_format_null_as_default: 0,
            input_format_parallel_parsing: 0,
            max_execution_time: WRITE_SECONDS,
          },
        });
      });
    },

    /** DDL and mutations; a mutation has happened on this replica when it returns. */
    command(name: string, sql: string, params: Record<string, unknown> = {}): Promise<void> {
      return guarded(name, async (query_id) => {
        await client.command({
          query: sql,
          query_params: params,
          query_id,
          clickhouse_settings: { mutations_sync: '1', log_comment: name },
        });
      });
    },

    /** Whether the server answers a query. */
    async ping(): Promise<boolean> {
      return (await client.ping({ select: true })).success;
    },

    async close(): Promise<void> {
      await Promise.all([client.close(), streams.close()]);
    },
  };
}
