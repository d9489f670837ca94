import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../cli/user-error.ts';
import { openEngine } from '../engine/engine.ts';
import type { Credentials } from './authentication.ts';
import { createChdbServer } from './http-server.ts';
import { openSpool } from './spool.ts';

// Relative to the current directory.
const DATA = 'data';
const PIPES = 'pipes';
const SPOOL = 'spool';
const STOP_TIMEOUT_MS = 8_000;

type Options = {
  port: number;
  credentials: Credentials;
  /** The current directory, as the user named it. */
  directory: string;
  concurrency: number;
  log: (line: string) => void;
};

/** Opens the engine in the current directory and serves it on loopback. @throws UserError with the remedy */
export async function startServer({ port, credentials, directory, concurrency, log }: Options) {
  // INSERT … FROM INFILE reads the whole path as a pattern, and would find other files or none.
  if (/[*?{}]/.test(process.cwd())) {
    throw new UserError(
      `The data cannot be kept in ${directory}: ClickHouse reads *, ?, { and } in a path as a pattern. Set DATA_DIR to ` +
        'a path without them.',
    );
  }
  const engine = await openEngine({ directory: DATA, pipes: PIPES, concurrency }).catch(() => {
    throw new UserError(`The ClickHouse data in ${directory} cannot be opened${reason()}.`);
  });
  const spool = openSpool(SPOOL); // the lock of the data directory covers it
  const server = createChdbServer({ engine, spool, credentials, log });
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
