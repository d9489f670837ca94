import { mkdirSync } from 'node:fs';
import { engineEnvironment, readEnvironment } from '../../environment.ts';
import { Problem } from '../problem.ts';
import { startServer } from './start-server.ts';

process.title = 'pump-engine (dev/engine/main.ts)';

try {
  const settings = readEnvironment(engineEnvironment);
  mkdirSync(settings.CLICKHOUSE_DATA, { recursive: true, mode: 0o700 });
  // chDB reads a config.xml of the current directory, and our paths in SQL are relative to it.
  process.chdir(settings.CLICKHOUSE_DATA);
  process.umask(0o077);
  process.env.TZ = 'UTC'; // a server's time zone, whatever the laptop's is

  const server = await startServer({
    port: settings.CLICKHOUSE_PORT,
    credentials: { user: settings.CLICKHOUSE_USER, password: settings.CLICKHOUSE_PASSWORD },
    directory: settings.CLICKHOUSE_DATA,
    // Each statement holds a thread of the pool; two are left, for files and for the KILL of the others.
    concurrency: Math.max(1, settings.UV_THREADPOOL_SIZE - 2),
    log: (line) => console.error(line),
  });
  console.log(`ClickHouse ${server.version} (chDB) listens on http://127.0.0.1:${settings.CLICKHOUSE_PORT}`);

  const stop = async () => {
    await server.stop();
    process.exit(0);
  };
  // 'disconnect' is the end of a parent that talks to us by IPC, however it came about.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.once(signal, stop);
} catch (error) {
  console.error(
    error instanceof Problem || (error as Error).name === 'EnvironmentError' ? (error as Error).message : error,
  );
  process.exit(1);
}
