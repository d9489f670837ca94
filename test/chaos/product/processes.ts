import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { migrateWarehouse } from '#dev/stack/migrate-warehouse.ts';
import { apiPart, chdbPart, workerPart } from '#dev/stack/parts.ts';
import { apiUrl, clickhouseUrl } from '#dev/stack/settings.ts';
import { startGuard } from '#dev/stack/supervisor/guard.ts';
import type { Part } from '#dev/stack/supervisor/part.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { ensureTemporalCli } from '#dev/temporal-server/ensure-cli.ts';
import { temporalPart } from '#dev/temporal-server/part.ts';
import { machineEnvironment, parseEnvironment } from '#environment/parse.ts';
import { laptopEnvironment } from '#environment/processes.ts';
import { type Process, runProcess } from './process.ts';
import { NAMESPACE, TENANT } from './tenant.ts';

const bundled = fileURLToPath(new URL('../../support/bundled-worker.ts', import.meta.url));

export type Processes = Awaited<ReturnType<typeof startProcesses>>;

/** Starts the product as a laptop runs it, each part as a process of its own, with two workers. */
export async function startProcesses(options: {
  directory: string;
  /** Where the engine keeps its data. */
  engineDirectory: string;
  /** A file with the workflows, bundled. */
  workflowBundle: string;
  openaiUrl: string;
}) {
  const { directory, engineDirectory, workflowBundle, openaiUrl } = options;
  const logs = join(directory, 'logs');
  mkdirSync(logs, { recursive: true });
  const ports = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
  const [PORT, CLICKHOUSE_PORT, TEMPORAL_PORT, ...metrics] = ports.map(String) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const settings = parseEnvironment(laptopEnvironment, {
    ...{ PORT, CLICKHOUSE_PORT, TEMPORAL_PORT, DATA_DIR: directory, LOG_LEVEL: 'debug' },
    ...{ TENANT_ID: TENANT, TEMPORAL_NAMESPACE: NAMESPACE, OPENAI_BASE_URL: openaiUrl },
    ALLOW_PRIVATE_CHANNELS: 'true',
  });
  const { publicKey, privateKey } = generateKeyPair();
  const secrets = {
    API_TOKEN: 'token-of-the-chaos-test',
    CLICKHOUSE_PASSWORD: 'password-of-the-chaos-test',
    SEALING_PUBLIC_KEY: publicKey,
    SEALING_PRIVATE_KEY: privateKey,
  };
  const machine = { ...machineEnvironment(), WORKFLOW_BUNDLE: workflowBundle };
  const temporalAddress = `127.0.0.1:${TEMPORAL_PORT}`;
  const context = { settings, secrets, machine };
  const cli = await ensureTemporalCli({
    cliPath: settings.TEMPORAL_CLI_PATH,
    cache: cacheDirectory(process.env.XDG_CACHE_HOME),
    env: machine,
    print: (line) => process.stderr.write(`${line}\n`),
  });
  const workers = metrics.map((port, index) => {
    const part = workerPart({ ...context, settings: { ...settings, METRICS_ADDRESS: `127.0.0.1:${port}` } });
    return { ...part, name: `worker${index + 1}`, args: ['--import', bundled, ...part.args] };
  });
  const temporal = temporalPart({
    ...{ cli, database: join(directory, 'temporal.sqlite'), namespace: NAMESPACE },
    ...{ port: settings.TEMPORAL_PORT, uiPort: undefined, env: machine },
  });

  const guard = startGuard();
  const running: Process[] = [];
  const start = async (...parts: Part[]) => {
    const started = parts.map((part) => runProcess(part, { logs, guard }));
    running.push(...started);
    await Promise.all(started.map((each) => each.ready()));
  };
  const stop = async () => {
    await Promise.all(running.toReversed().map((each) => each.stop()));
    guard.release();
  };
  try {
    await start(temporal, chdbPart(context, engineDirectory));
    await migrateWarehouse(settings, secrets);
    await start(...workers, apiPart(context));
  } catch (error) {
    await stop();
    throw error;
  }
  const named = (name: string) => running.find((each) => each.name === name);
  return {
    logs,
    temporalAddress,
    secrets,
    apiUrl: apiUrl(settings),
    clickhouseUrl: clickhouseUrl(settings),
    metricsUrls: metrics.map((port) => `http://127.0.0.1:${port}/metrics`),
    names: running.map(({ name }) => name),
    kill: (name: string, ms: number) => named(name)?.kill(ms) ?? false,
    pause: async (name: string, ms: number) => (await named(name)?.pause(ms)) ?? false,
    ready: () => Promise.all(running.map((each) => each.ready())),
    /** How processes ended without being killed, since the start. */
    exits: () => running.flatMap(({ exits }) => exits),
    stop,
  };
}
