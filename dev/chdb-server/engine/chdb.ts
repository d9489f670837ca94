import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { readException } from './read-exception.ts';

declare const connection: unique symbol;
/** A session with the engine: it has its own settings, parameters and temporary tables. */
export type Connection = { [connection]: true };
/** `rows` are those of the result or, for an INSERT, those written. */
export type QueryResult = { bytes: Uint8Array; rows: number; elapsedSeconds: number };

type RawResult = { bytes: Uint8Array; elapsed: number; rowsRead: number };
type Addon = {
  CreateConnection(directory: string, args: string[]): Connection;
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<RawResult>;
  CloseConnection(connection: Connection): void;
};

/*
 * chDB's addon, not its `Session`: Session.close() waits for every statement of the process. Measured: beside one query
 * of a few minutes, the sessions of some 20,000 short statements pile up, and Node runs out of memory.
 */
const require = createRequire(import.meta.url);
const { libchdbPath } = require('chdb/libchdb') as { libchdbPath(): string };
const addon = require(dirname(libchdbPath())) as Addon;

/** Opens a connection. The first one opens the data directory and locks it for this process. */
export function connect(directory: string, args: string[]): Connection {
  return addon.CreateConnection(directory, args);
}

/** Runs one statement on a thread of libuv's pool. @throws ClickHouseException */
export async function query(connection: Connection, sql: string, format: string): Promise<QueryResult> {
  try {
    const { bytes, rowsRead, elapsed } = await addon.QueryAsyncConnection(connection, sql, format);
    return { bytes, rows: rowsRead, elapsedSeconds: elapsed };
  } catch (error) {
    throw readException(error instanceof Error ? error.message : String(error));
  }
}

/** Closes a connection whose statement has settled: with a running one, the engine would end for the whole process. */
export function disconnect(connection: Connection): void {
  addon.CloseConnection(connection);
}
