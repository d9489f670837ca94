import { Connection } from '@temporalio/client';
import { integrationStatus, tenantId } from '#workflows/contract/search-attributes.ts';
import type { Part } from '../stack/supervisor/part.ts';
import { probeTcp } from '../stack/system/probes.ts';
import { retry } from '../stack/system/retry.ts';
import type { TemporalCli } from './temporal-cli.ts';

/** Temporal's development server on loopback and on a SQLite file; without a `uiPort`, without its UI. */
export function temporalPart(options: {
  cli: TemporalCli;
  database: string;
  namespace: string;
  port: number;
  uiPort: number | undefined;
  env: NodeJS.ProcessEnv;
}): Part {
  const { cli, database, namespace, port, uiPort, env } = options;
  const listen = ['--ip', '127.0.0.1', '--port', String(port)];
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch'];
  // Measured: twice the throughput of SQLite's defaults; nothing is lost when the process dies.
  const sqlite = ['--db-filename', database, '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'];
  const attributes = [tenantId, integrationStatus].flatMap(({ name }) => ['--search-attribute', `${name}=Keyword`]);
  const fairness = ['--dynamic-config-value', 'matching.enableFairness=true'];
  return {
    name: 'temporal',
    title: 'Temporal',
    command: cli.path,
    args: [
      ...['server', 'start-dev', '--namespace', namespace, '--log-level', 'error'],
      ...[...listen, ...ui, ...sqlite, ...attributes, ...fairness],
    ],
    env: { ...env, TEMPORAL_VERSION_CHECK_DISABLED: '1' },
    ready: (signal) => temporalReady(port, namespace, signal),
  };
}

/** Resolves once the server on a loopback port can describe the namespace. */
async function temporalReady(port: number, namespace: string, signal: AbortSignal): Promise<void> {
  // gRPC backs off for a second after a refused connection, so it waits until the port accepts connections.
  await retry(() => probeTcp('127.0.0.1', port), signal);
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  try {
    await retry(() => connection.workflowService.describeNamespace({ namespace }), signal);
  } finally {
    await connection.close();
  }
}
