import { once } from 'node:events';
import type { z } from 'zod';
import type { laptopEnvironment } from '#environment.ts';
import { cacheDirectory } from '../temporal-server/cache-directory.ts';
import { temporalDatabase } from '../temporal-server/database.ts';
import { obtainTemporal } from '../temporal-server/ensure-cli.ts';
import { temporalPart } from '../temporal-server/part.ts';
import { type DataDirectory, openDataDirectory } from './data-directory/open.ts';
import { keepSecrets, type Secrets } from './data-directory/secrets.ts';
import { apiPart, apiUrl, enginePart, temporalUi, workerPart } from './parts.ts';
import { requireClickhouse, requireEmbeddedClickhouse, requireTemporal } from './require-servers.ts';
import type { Part } from './supervisor/part.ts';
import { createSupervisor, type Supervisor } from './supervisor/supervisor.ts';
import { requirePorts, type WantedPort } from './system/ports.ts';

export type LaptopSettings = z.infer<typeof laptopEnvironment>;

/** What runs, and where to reach it. */
export type Stack = {
  api: string;
  clickhouse: string;
  temporalUi: string | undefined;
  secrets: Secrets;
  directory: string;
};

type Options = {
  settings: LaptopSettings;
  machine: NodeJS.ProcessEnv;
  say: (line: string) => void;
  interrupt: AbortSignal;
  /** What has to run before all else: the demo's simulator. */
  before?: Part[];
};

/**
 * Starts everything, uses it once it is ready, and stops it, whatever happens in between. `end` is aborted by an
 * interrupt and when a part dies.
 * @throws Problem when something is missing, taken or dies; then nothing is left running either
 */
export async function withStack<T>(options: Options, use: (stack: Stack, end: AbortSignal) => Promise<T>): Promise<T> {
  const { settings, say, interrupt } = options;
  await requireServers(settings);
  const directory = await openDataDirectory(settings.DATA_DIR, say);
  let supervisor: Supervisor | undefined;
  try {
    // A server that is given has a password of its own, or none: ours is not for it.
    const given = settings.CLICKHOUSE_URL ? { CLICKHOUSE_PASSWORD: '', ...settings } : settings;
    const secrets = keepSecrets(directory.secrets, given);
    await requirePorts(wantedPorts(settings));
    const parts = await plan(options, directory, secrets);
    supervisor = createSupervisor({ ...directory, say, interrupt });
    for (const together of parts) await supervisor.start(together);
    const stack = {
      api: apiUrl(settings),
      clickhouse: clickhouseUrl(settings),
      temporalUi: temporalUi(settings),
      secrets,
      directory: directory.path,
    };
    const result = await use(stack, AbortSignal.any([interrupt, supervisor.died]));
    supervisor.died.throwIfAborted();
    return result;
  } catch (error) {
    // Whatever broke then, it is because of this.
    interrupt.throwIfAborted();
    supervisor?.died.throwIfAborted();
    throw error;
  } finally {
    if (supervisor) say('\nStopping …');
    await supervisor?.stop();
    directory.release();
  }
}

/** Resolves when a signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Every port that will be listened on, and by which setting it is chosen. */
export function wantedPorts(settings: LaptopSettings): WantedPort[] {
  const wanted = (variable: 'CLICKHOUSE_PORT' | 'TEMPORAL_PORT' | 'TEMPORAL_UI_PORT') => ({
    variable,
    port: settings[variable],
    host: '127.0.0.1',
  });
  return [
    { variable: 'PORT', port: settings.PORT, host: settings.HOST },
    ...(settings.CLICKHOUSE_URL ? [] : [wanted('CLICKHOUSE_PORT')]),
    ...(settings.TEMPORAL_ADDRESS ? [] : [wanted('TEMPORAL_PORT'), wanted('TEMPORAL_UI_PORT')]),
  ];
}

/** The parts, in the order they start: those in one list start together. */
async function plan(options: Options, directory: DataDirectory, secrets: Secrets): Promise<Part[][]> {
  const { settings, machine, say, interrupt, before = [] } = options;
  const temporalAddress = settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.TEMPORAL_PORT}`;
  const context = { settings, secrets, machine, servers: { clickhouseUrl: clickhouseUrl(settings), temporalAddress } };
  const servers: Part[] = [];
  if (!settings.TEMPORAL_ADDRESS) {
    const cache = cacheDirectory(settings.XDG_CACHE_HOME);
    const fetching = { cliPath: settings.TEMPORAL_CLI_PATH, cache, env: machine, say, signal: interrupt };
    const cli = await obtainTemporal(fetching);
    servers.push(
      temporalPart({
        cli,
        database: temporalDatabase(directory.path, cli),
        namespace: settings.TEMPORAL_NAMESPACE,
        port: settings.TEMPORAL_PORT,
        uiPort: settings.TEMPORAL_UI_PORT,
        env: machine,
      }),
    );
  }
  if (!settings.CLICKHOUSE_URL) servers.push(enginePart(context, directory.clickhouse));
  return [before, servers, [workerPart(context), apiPart(context)]];
}

async function requireServers(settings: LaptopSettings): Promise<void> {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD = '', TEMPORAL_ADDRESS } = settings;
  if (CLICKHOUSE_URL) await requireClickhouse(CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD);
  else requireEmbeddedClickhouse();
  if (TEMPORAL_ADDRESS) await requireTemporal(TEMPORAL_ADDRESS);
}

function clickhouseUrl({ CLICKHOUSE_URL, CLICKHOUSE_PORT }: LaptopSettings): string {
  return CLICKHOUSE_URL ?? `http://127.0.0.1:${CLICKHOUSE_PORT}`;
}
