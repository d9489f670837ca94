import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../cli/user-error.ts';
import { openEngine } from '../engine/engine.ts';
import type { Credentials } from './authentication.ts';
import { createEngineServer } from './http-server.ts';
import { openSpool } from './spool.ts';

// Relative to the process's own directory.
const DATA = 'data';
const SPOOL = 'spool';
const PATIENCE_MS = 8_000;

type Options = {
  port: number;
  credentials: Credentials;
  /** The current directory, as the person at the keyboard knows it. */
  directory: string;
  concurrency: number;
  log: (line: string) => void;
};

/** Opens the engine in the current directory and serves it on loopback. @throws UserError with the remedy */
export async function startServer({ port, credentials, directory, concurrency, log }: Options) {
  // INSERT … FROM INFILE looks for patterns in the whole path, and would find other files, or none.
  if (/[*?{}]/.test(process.cwd())) {
    throw new UserError(
      `The data cannot be kept in ${directory}: ClickHouse takes *, ?, { and } in a path for a pattern.`,
    );
  }
  const engine = await openEngine({ directory: DATA, concurrency }).catch(() => {
    throw new UserError(`The ClickHouse data in ${directory} cannot be opened${reason()}.`);
  });
  const spool = openSpool(SPOOL); // ours alone from here on
  const server = createEngineServer({ engine, spool, credentials, log });
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
    // What has been acknowledged is on the disk: where statements do not end when they are killed, the process may.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
    server.close();
    server.closeAllConnections(); // which kills the statements that run
    await engine.close();
  }
  return { version: engine.version, stop };
}

/** Two engines on the same files would destroy them, so chDB locks them; why it refuses, it says on stderr only. */
function reason(): string {
  const lock = `${DATA}/status`;
  const pid = existsSync(lock) ? /PID: (\d+)/.exec(readFileSync(lock, 'utf8'))?.[1] : undefined;
  return pid && isAlive(Number(pid))
    ? ` while process ${pid} has them open: stop that one, and start again`
    : '; the reason is above';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
