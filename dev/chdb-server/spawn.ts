import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../stack/system/ports.ts';

/** An engine in a process of its own; the user is `default`. */
export type RunningEngine = {
  url: string;
  password: string;
  pid: number;
  /** In order: statements are killed, the data directory is given free. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
};

/** Starts `dev/chdb-server/main.ts` on a free port, and resolves once it answers. It ends when this process does. */
export async function startEngine({ directory }: { directory: string }): Promise<RunningEngine> {
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
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4096);
  });
  const ended = once(child, 'exit');

  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The engine did not start: ${complaints}`);
    await setTimeout(20);
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return { url, password, pid: child.pid as number, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ping`)).ok;
  } catch {
    return false;
  }
}
