import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../stack/system/ports.ts';

/** A chdb-server in its own process; the user is `default`. */
export type ChdbServer = {
  url: string;
  password: string;
  pid: number;
  /** Stops in order: kills the running statements and unlocks the data directory. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
};

/** Starts `main.ts` on a free port and resolves once it responds. The server ends with this process. */
export async function startChdbServer({
  directory,
  analysts = '',
}: {
  directory: string;
  analysts?: string;
}): Promise<ChdbServer> {
  const password = randomBytes(16).toString('base64url');
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')],
    {
      env: {
        UV_THREADPOOL_SIZE: '16',
        CLICKHOUSE_PORT: String(port),
        CLICKHOUSE_PASSWORD: password,
        CLICKHOUSE_DATA: directory,
        ANALYSTS: analysts,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4096);
  });
  const ended = once(child, 'exit');

  const url = `http://127.0.0.1:${port}`;
  while (!(await responds(url))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The chdb-server did not start: ${stderr}`);
    await setTimeout(20);
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { url, password, pid: child.pid as number, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function responds(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ping`)).ok;
  } catch {
    return false;
  }
}
