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
  InsertRawAsyncConnection(
    connection: Connection,
    head: string,
    data: Uint8Array,
    countLines: boolean,
  ): Promise<{ elapsed: number; rowsWritten: number }>;
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
  const { bytes, rowsRead, elapsed } = await withException(addon.QueryAsyncConnection(connection, sql, format));
  return { bytes, rows: rowsRead, elapsedSeconds: elapsed };
}

/**
 * Runs an INSERT with the data that follow its head. The engine reads both as one text, in which an empty line ends the
 * data and begins another statement: the data must not have one. @throws ClickHouseException
 */
export async function insert(connection: Connection, head: string, data: Uint8Array): Promise<QueryResult> {
  const { rowsWritten, elapsed } = await withException(addon.InsertRawAsyncConnection(connection, head, data, false));
  return { bytes: new Uint8Array(), rows: rowsWritten, elapsedSeconds: elapsed };
}

/** Closes a connection whose statement has settled: with a running one, the engine would end for the whole process. */
export function disconnect(connection: Connection): void {
  addon.CloseConnection(connection);
}

async function withException<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw readException(error instanceof Error ? error.message : String(error));
  }
}
