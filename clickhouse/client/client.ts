import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createClient } from '@clickhouse/client';
import type { z } from 'zod';
import { inSpan, traceHeaders } from '#tracing/span.ts';
import { type Block, blockToBytes } from '../native/block.ts';
import {
  AFTER_WRITES,
  BY_MAJORITY,
  CANCEL_ON_DISCONNECT,
  clientOptions,
  READ_LIMITS,
  requestCompression,
  statementSpan,
  type WarehouseOptions,
} from './options.ts';
import { requestScope } from './request-scope.ts';
import { openStreams, type StreamQuery } from './stream.ts';
import { toWarehouseError } from './warehouse-error.ts';

/** SQL text with `{name: Type}` parameters, and the shape of a row of its result. `name` appears in logs and errors. */
type Query<T extends z.ZodType> = { name: string; sql: string; params?: Record<string, unknown>; row: T };

export type Warehouse = ReturnType<typeof openWarehouse>;

// The server cancels a statement after these seconds; the client gives up a little later.
const READ_SECONDS = 30;
const WRITE_SECONDS = 120;

/** A thin client: bound parameters, exact decimals as text, rows parsed rather than cast, errors without row data. */
export function openWarehouse(options: WarehouseOptions) {
  const streams = openStreams(options);
  const client = createClient({
    ...clientOptions(options),
    request_timeout: (WRITE_SECONDS + 5) * 1000,
    compression: { request: requestCompression(options.url), response: true },
  });

  type Request = { query_id: string; http_headers: Record<string, string> };
  /** Runs a statement as a span, which ClickHouse's own log of spans continues. */
  function withTypedErrors<R>(name: string, run: (request: Request) => Promise<R>): Promise<R> {
    const query_id = randomUUID();
    return inSpan(name, statementSpan(query_id), async () => {
      try {
        return await run({ query_id, http_headers: traceHeaders() });
      } catch (error) {
        requestScope.getStore()?.throwIfAborted();
        throw toWarehouseError(error, name, query_id);
      }
    });
  }

  function insert(table: string, format: string, values: Iterable<string | Buffer>, settings = {}): Promise<void> {
    return withTypedErrors(`insert into ${table}`, async (request) => {
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} ${format}`,
        values: Readable.from(values, { objectMode: false }),
        ...request,
        clickhouse_settings: {
          async_insert: 0,
          input_format_skip_unknown_fields: 0,
          input_format_null_as_default: 0,
          input_format_parallel_parsing: 0,
          max_execution_time: WRITE_SECONDS,
          ...settings,
        },
      });
      await finished(stream.resume());
    });
  }

  return {
    /** All rows of a query, parsed. Inside a `requestScope`, the query is cancelled when its request is aborted. */
    query<T extends z.ZodType>({ name, sql, params = {}, row }: Query<T>): Promise<z.infer<T>[]> {
      return withTypedErrors(name, async (request) => {
        const abort_signal = requestScope.getStore();
        const result = await client.query({
          query: sql,
          query_params: params,
          ...request,
          format: 'JSONEachRow',
          ...(abort_signal && { abort_signal }),
          clickhouse_settings: {
            ...READ_LIMITS,
            max_execution_time: READ_SECONDS,
            timeout_before_checking_execution_speed: 0,
            ...AFTER_WRITES,
            log_comment: name,
            output_format_parallel_formatting: 0, // threads of its own took a small result 0.5 to 0.8 ms of CPU
            ...(abort_signal && CANCEL_ON_DISCONNECT),
          },
        });
        return row.array().parse(await result.json());
      });
    },

    /**
     * A result as bytes, as fast as they are read. An error before the first byte is thrown here, a later one while
     * iterating: bytes that end without an error are complete.
     */
    stream: (query: StreamQuery): Promise<AsyncIterable<Buffer>> => streams.stream(query),

    /**
     * Inserts rows as one block: all of them become visible at one instant, or none.
     * @param settings `BY_MAJORITY` where something is decided by these rows
     */
    insert(table: string, rows: Iterable<object>, settings: Partial<typeof BY_MAJORITY> = {}): Promise<void> {
      return insert(table, 'FORMAT JSONEachRow', linesOf(rows), settings);
    },

    /** The same of many facts: that costs the server less than half of the CPU of JSON. */
    insertBlock(table: string, block: Block): Promise<void> {
      const names = block.columns.map(({ name }) => `\`${name}\``).join(', ');
      const settings = { input_format_native_allow_types_conversion: 1 };
      return insert(table, `(${names}) FORMAT Native`, blockToBytes(block), settings);
    },

    /** DDL, mutations, and inserts of what they select; a mutation has happened on all replicas when it returns. */
    command(name: string, sql: string, params: Record<string, unknown> = {}): Promise<void> {
      return withTypedErrors(name, async (request) => {
        await client.command({
          query: sql,
          query_params: params,
          ...request,
          clickhouse_settings: { mutations_sync: '2', ...AFTER_WRITES, ...BY_MAJORITY, log_comment: name },
        });
      });
    },

    /** Whether the server responds to a query. */
    async ping(): Promise<boolean> {
      return (await client.ping({ select: true })).success;
    },

    async close(): Promise<void> {
      await Promise.all([client.close(), streams.close()]);
    },
  };
}

function* linesOf(rows: Iterable<object>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
