import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { readException } from '../sql/exception.ts';

declare const connection: unique symbol;
/** A private session with the engine: settings, parameters and temporary tables of its own. */
export type Connection = { [connection]: true };
/** `rows` are those of the result or, for an INSERT, those written. */
export type Answer = { bytes: Uint8Array; rows: number; elapsedSeconds: number };

type RawAnswer = { bytes: Uint8Array; elapsed: number; rowsRead: number };
type Addon = {
  CreateConnection(directory: string, args: string[]): Connection;
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<RawAnswer>;
  CloseConnection(connection: Connection): void;
};

/*
 * chDB's addon rather than its `Session`, whose close() waits for every statement of the process: beside one query of
 * a few minutes the sessions of some 20,000 short statements pile up, and Node runs out of memory.
 */
const require = createRequire(import.meta.url);
const { libchdbPath } = require('chdb/libchdb') as { libchdbPath(): string };
const addon = require(dirname(libchdbPath())) as Addon;

/** Opens a connection; the first one opens the data directory, which then belongs to this process alone. */
export function connect(directory: string, args: string[]): Connection {
  return addon.CreateConnection(directory, args);
}

/** Runs one statement on a thread of libuv's pool. @throws ClickHouseException */
export async function query(connection: Connection, sql: string, format: string): Promise<Answer> {
  try {
    const { bytes, rowsRead, elapsed } = await addon.QueryAsyncConnection(connection, sql, format);
    return { bytes, rows: rowsRead, elapsedSeconds: elapsed };
  } catch (error) {
    throw readException(error instanceof Error ? error.message : String(error));
  }
}

/** Only once its statement has settled: closed under a running one, the engine ends for the whole process. */
export function disconnect(connection: Connection): void {
  addon.CloseConnection(connection);
}
