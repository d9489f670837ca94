import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createClient } from '@clickhouse/client';
import { type Block, blockToBytes } from '../native/block.ts';
import { AFTER_WRITES, BY_MAJORITY, clientOptions, requestCompression, type WarehouseOptions } from './options.ts';
import { openQueries } from './query.ts';
import { inStatement } from './statement.ts';
import { openStreams, type StreamQuery } from './stream.ts';

export type Warehouse = ReturnType<typeof openWarehouse>;

// The server cancels a write after these seconds; the client gives up a little later.
const WRITE_SECONDS = 120;

/** A thin client: bound parameters, exact decimals as text, rows parsed rather than cast, errors without row data. */
export function openWarehouse(options: WarehouseOptions) {
  const queries = openQueries(options);
  const streams = openStreams(options);
  const client = createClient({
    ...clientOptions(options),
    request_timeout: (WRITE_SECONDS + 5) * 1000,
    compression: { request: requestCompression(options.url), response: true },
  });

  function insert(table: string, format: string, values: Iterable<string | Buffer>, settings = {}): Promise<void> {
    return inStatement(`insert into ${table}`, async (request) => {
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
    query: queries.query,

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
      return inStatement(name, async (request) => {
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
      await Promise.all([client.close(), queries.close(), streams.close()]);
    },
  };
}

function* linesOf(rows: Iterable<object>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
