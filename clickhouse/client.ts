import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client';
import type { z } from 'zod';

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

export type Warehouse = ReturnType<typeof openWarehouse>;

// A read that runs longer than this is cut by the server, and a little later by us.
const READ_SECONDS = 30;
const WRITE_SECONDS = 120;

/** A thin client: bound parameters, exact decimals as strings, rows parsed rather than cast, errors without row data. */
export function openWarehouse({ url, user, password, database, application }: WarehouseOptions) {
  const client: ClickHouseClient = createClient({
    url,
    username: user,
    password,
    database,
    application,
    request_timeout: (WRITE_SECONDS + 5) * 1000,
    compression: { request: true, response: true },
    clickhouse_settings: { output_format_json_quote_decimals: 1, output_format_json_quote_64bit_integers: 1 },
    log: { level: 127 }, // off: errors reach the caller typed, and are logged there once
  });

  async function guarded<R>(name: string, run: (queryId: string) => Promise<R>): Promise<R> {
    const queryId = randomUUID();
    try {
      return await run(queryId);
    } catch (error) {
      // ClickHouse quotes rows and SQL in its messages: only its code and type go further.
      if (error instanceof ClickHouseError) {
        throw new WarehouseError(`${name}: ClickHouse answered ${error.code} ${error.type ?? ''}`, error.code, queryId);
      }
      if (error instanceof Error && error.name === 'ZodError') throw error;
      throw new WarehouseError(`${name}: ClickHouse did not answer`, '', queryId);
    }
  }

  return {
    /** All rows of a question, parsed. */
    query<T extends z.ZodType>({ name, sql, params = {}, row }: Question<T>): Promise<z.infer<T>[]> {
      return guarded(name, async (query_id) => {
        const answer = await client.query({
          query: sql,
          query_params: params,
          query_id,
          format: 'JSONEachRow',
          clickhouse_settings: {
            max_execution_time: READ_SECONDS,
            timeout_before_checking_execution_speed: 0,
            log_comment: name,
          },
        });
        return row.array().parse(await answer.json());
      });
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

    close: () => client.close(),
  };
}
