import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { UserError } from '../cli/user-error.ts';
import { OWNER } from './engine/connections.ts';
import { identifier } from './engine/context.ts';
import { type Engine, openEngine } from './engine/engine.ts';
import { createChdbServer } from './http/http-server.ts';
import { openSpool } from './http/spool.ts';
import type { Analyst } from './users/analysts.ts';
import { usersXml } from './users/users-xml.ts';
import { readWarehouse } from './users/warehouse.ts';

// Relative to the current directory.
const DATA = 'data';
const PIPES = 'pipes';
const SPOOL = 'spool';
const USERS = 'users.xml'; // the engine does not take every path, of those above this one
const STOP_TIMEOUT_MS = 8_000;

type Options = {
  port: number;
  owner: { user: string; password: string };
  analysts: Analyst[];
  /** The database that holds the warehouse. */
  database: string;
  /** The current directory, as the user named it. */
  directory: string;
  concurrency: number;
  log: (line: string) => void;
};

/** Opens the engine in the current directory and serves it on loopback. @throws UserError with the remedy */
export async function startServer(options: Options) {
  const { port, owner, analysts, database, directory, concurrency, log } = options;
  // INSERT … FROM INFILE reads the whole path as a pattern, and would find other files or none.
  if (/[*?{}]/.test(process.cwd())) {
    throw new UserError(
      `The data cannot be kept in ${directory}: ClickHouse reads *, ?, { and } in a path as a pattern. Set DATA_DIR to ` +
        'a path without them.',
    );
  }
  writeFileSync(USERS, usersXml(readWarehouse(database), analysts), { mode: 0o600 });
  const engine = await openEngine({ directory: DATA, pipes: PIPES, usersConfig: USERS, concurrency }).catch(() => {
    throw new UserError(`The ClickHouse data in ${directory} cannot be opened${reason()}.`);
  });
  const spool = openSpool(SPOOL); // the lock of the data directory covers it
  await createDatabases(engine, analysts);
  const accounts = [{ ...owner, role: OWNER }, ...analysts.map((analyst) => ({ ...analyst, analyst }))];
  const server = createChdbServer({ engine, spool, accounts, log });
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    await engine.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UserError(
      `Port ${port} is in use by another program: stop that one, or set CLICKHOUSE_PORT to another port.`,
    );
  }

  async function stop(): Promise<void> {
    // Acknowledged data are on the disk, so killing the process is safe where a statement does not end when killed.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_TIMEOUT_MS).unref();
    server.close();
    server.closeAllConnections(); // this kills the running statements
    await engine.close();
  }
  return { version: engine.version, stop };
}

/** An analyst finds a database to write into, which each may also drop and create again. */
async function createDatabases(engine: Engine, analysts: Analyst[]): Promise<void> {
  const context = { role: OWNER, database: undefined, settings: {}, parameters: {}, format: 'Null' };
  for (const { database } of analysts) {
    const sql = `CREATE DATABASE IF NOT EXISTS ${identifier(database)}`;
    const statement = { kind: 'command', sql, changes: 'nothing', substitutions: [] } as const;
    await engine.run(statement, { ...context, signal: new AbortController().signal });
  }
}

/** Why the data cannot be opened: chDB locks them for one process, and prints other reasons to stderr. */
function reason(): string {
  const lock = `${DATA}/status`;
  const pid = existsSync(lock) ? /PID: (\d+)/.exec(readFileSync(lock, 'utf8'))?.[1] : undefined;
  return pid && isAlive(Number(pid))
    ? ` while process ${pid} has them open: stop that one, and start again`
    : ', for the reason above';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
