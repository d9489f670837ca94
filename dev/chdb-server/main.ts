import { mkdirSync } from 'node:fs';
import { EnvironmentError, readEnvironment } from '#environment/parse.ts';
import { chdbServerEnvironment } from '#environment/processes.ts';
import { UserError } from '../cli/user-error.ts';
import { startServer } from './start-server.ts';
import { readAnalysts } from './users/analysts.ts';

process.title = 'pump-chdb-server (dev/chdb-server/main.ts)';

try {
  const settings = readEnvironment(chdbServerEnvironment);
  mkdirSync(settings.CLICKHOUSE_DATA, { recursive: true, mode: 0o700 });
  // chDB reads a config.xml in the current directory, and the paths in our SQL are relative to it.
  process.chdir(settings.CLICKHOUSE_DATA);
  process.umask(0o077);
  process.env.TZ = 'UTC'; // a server's time zone, whatever the laptop's is

  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server?.stop();
    process.exit(0);
  };
  // 'disconnect' comes when a parent that started this process with IPC ends, even by kill -9.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stop);

  server = await startServer({
    port: settings.CLICKHOUSE_PORT,
    owner: { user: settings.CLICKHOUSE_USER, password: settings.CLICKHOUSE_PASSWORD },
    analysts: readAnalysts(settings.ANALYSTS, {
      tenant: settings.TENANT_ID,
      secret: settings.CLICKHOUSE_PASSWORD,
      warehouse: settings.CLICKHOUSE_DATABASE,
    }),
    database: settings.CLICKHOUSE_DATABASE,
    directory: settings.CLICKHOUSE_DATA,
    // Each statement holds a thread of the pool; two are left for files and for KILL.
    concurrency: settings.UV_THREADPOOL_SIZE - 2,
    log: (line) => console.error(line),
  });
  console.log(`ClickHouse ${server.version} (chDB) listens on http://127.0.0.1:${settings.CLICKHOUSE_PORT}`);
} catch (error) {
  console.error(error instanceof UserError || error instanceof EnvironmentError ? error.message : error);
  process.exit(1);
}
