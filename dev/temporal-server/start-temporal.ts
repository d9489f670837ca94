import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGuard } from '../stack/supervisor/guard.ts';
import { startPart } from '../stack/supervisor/part.ts';
import { freePort } from '../stack/system/ports.ts';
import { ensureTemporalCli } from './ensure-cli.ts';
import { temporalPart } from './part.ts';

/**
 * Starts a Temporal server for tests and benchmarks, without UI: data and log in `directory`, on `port` or a free one.
 * It stops at the latest when the process that started it ends.
 */
export async function startTemporal(options: {
  directory: string;
  cache: string;
  env: NodeJS.ProcessEnv;
  port?: number;
  cliPath?: string | undefined;
}): Promise<{ address: string; stop: () => Promise<void> }> {
  const { directory, cache, env, cliPath } = options;
  mkdirSync(directory, { recursive: true });
  const cli = await ensureTemporalCli({ cliPath, cache, env, print: (line) => console.error(line) });
  const port = options.port ?? (await freePort());
  const database = join(directory, 'temporal.sqlite');
  const part = temporalPart({ cli, database, namespace: 'default', port, uiPort: undefined, env });

  const guard = startGuard();
  const running = startPart(part, join(directory, 'temporal.log'), guard);
  const stop = async () => {
    await running.stop();
    guard.release();
  };
  const ended = new AbortController();
  running.ended.then((how) => ended.abort(new Error(`Temporal ${how}: see ${running.log}`)));
  try {
    await part.ready(AbortSignal.any([ended.signal, AbortSignal.timeout(60_000)]));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `127.0.0.1:${port}`, stop };
}
