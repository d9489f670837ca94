import { once } from 'node:events';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { cacheDirectory } from '../temporal-server/cache-directory.ts';
import { temporalDatabase } from '../temporal-server/database.ts';
import { ensureTemporalCli } from '../temporal-server/ensure-cli.ts';
import { temporalPart } from '../temporal-server/part.ts';
import { type DataDirectory, openDataDirectory } from './data-directory/open.ts';
import { loadSecrets, type Secrets } from './data-directory/secrets.ts';
import { migrateWarehouse } from './migrate-warehouse.ts';
import { apiPart, chdbPart, workerPart } from './parts.ts';
import { requireServers } from './require-servers.ts';
import {
  apiUrl,
  clickhouseUrl,
  type LaptopSettings,
  temporalUiUrl,
  temporalVariables,
  wantedPorts,
} from './settings.ts';
import type { Part } from './supervisor/part.ts';
import { createSupervisor, type Supervisor } from './supervisor/supervisor.ts';
import { requirePorts } from './system/ports.ts';

/** A running stack, and where to reach it. */
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
  print: (line: string) => void;
  interrupt: AbortSignal;
  /** Parts that start before all others, such as the demo's simulator. */
  before?: Part[];
};

/**
 * Starts the stack, calls `use` once everything is ready, and stops the stack however that ends. The signal that `use`
 * gets is aborted by an interrupt and when a part dies.
 * @throws UserError when something is missing, taken or dies; nothing is left running then
 */
export async function withStack<T>(options: Options, use: (stack: Stack, end: AbortSignal) => Promise<T>): Promise<T> {
  const { settings, print, interrupt } = options;
  await requireServers(settings);
  const directory = await openDataDirectory(settings.DATA_DIR, print);
  let supervisor: Supervisor | undefined;
  try {
    // A given ClickHouse server has its own password or none: the password of this installation is not for it.
    const given = settings.CLICKHOUSE_URL ? { CLICKHOUSE_PASSWORD: '', ...settings } : settings;
    const secrets = loadSecrets(directory.secrets, given);
    await requirePorts(wantedPorts(settings));
    const steps = await partsInOrder(options, directory, secrets);
    supervisor = createSupervisor({ ...directory, print, interrupt });
    for (const parts of steps.servers) await supervisor.start(parts);
    // A worker takes seconds to load what it runs, and waits for the tables.
    await Promise.all([supervisor.start(steps.apps), migrateWarehouse(settings, secrets)]);
    const stack = {
      api: apiUrl(settings),
      clickhouse: clickhouseUrl(settings),
      temporalUi: temporalUiUrl(settings),
      secrets,
      directory: directory.path,
    };
    const result = await use(stack, AbortSignal.any([interrupt, supervisor.died]));
    supervisor.died.throwIfAborted();
    return result;
  } catch (error) {
    // An interrupt or a dead part is the cause of any other error.
    interrupt.throwIfAborted();
    supervisor?.died.throwIfAborted();
    throw error;
  } finally {
    if (supervisor) print('\nStopping …');
    await supervisor?.stop();
    directory.release();
  }
}

/** Resolves when a signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** The parts by steps: those of one step start together, once all of the step before are ready. The apps come last. */
async function partsInOrder(options: Options, directory: DataDirectory, secrets: Secrets) {
  const { settings, machine, print, interrupt, before = [] } = options;
  const context = { settings, secrets, machine };
  const servers: Part[] = [];
  if (!settings.TEMPORAL_ADDRESS) {
    const cache = cacheDirectory(settings.XDG_CACHE_HOME);
    const cliPath = settings.TEMPORAL_CLI_PATH;
    const cli = await ensureTemporalCli({ cliPath, cache, env: machine, print, signal: interrupt });
    servers.push(
      temporalPart({
        cli,
        database: temporalDatabase(directory.path, cli),
        namespace: temporalConnection(temporalVariables(settings)).namespace,
        port: settings.TEMPORAL_PORT,
        uiPort: settings.TEMPORAL_UI_PORT,
        env: machine,
      }),
    );
  }
  if (!settings.CLICKHOUSE_URL) servers.push(chdbPart(context, directory.clickhouse));
  return { servers: [before, servers], apps: [workerPart(context), apiPart(context)] };
}
