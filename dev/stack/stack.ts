import { once } from 'node:events';
import { cacheDirectory } from '../temporal-server/cache-directory.ts';
import { temporalDatabase } from '../temporal-server/database.ts';
import { ensureTemporalCli } from '../temporal-server/ensure-cli.ts';
import { temporalPart } from '../temporal-server/part.ts';
import { type DataDirectory, openDataDirectory } from './data-directory/open.ts';
import { loadSecrets, type Secrets } from './data-directory/secrets.ts';
import { apiPart, chdbPart, workerPart } from './parts.ts';
import { requireServers } from './require-servers.ts';
import { apiUrl, clickhouseUrl, type LaptopSettings, temporalUiUrl, wantedPorts } from './settings.ts';
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
    for (const parts of steps) await supervisor.start(parts);
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

/** The parts by steps: those of one step start together, once all of the step before are ready. */
async function partsInOrder(options: Options, directory: DataDirectory, secrets: Secrets): Promise<Part[][]> {
  const { settings, machine, print, interrupt, before = [] } = options;
  const temporalAddress = settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.TEMPORAL_PORT}`;
  const context = { settings, secrets, machine, servers: { clickhouseUrl: clickhouseUrl(settings), temporalAddress } };
  const servers: Part[] = [];
  if (!settings.TEMPORAL_ADDRESS) {
    const cache = cacheDirectory(settings.XDG_CACHE_HOME);
    const cliPath = settings.TEMPORAL_CLI_PATH;
    const cli = await ensureTemporalCli({ cliPath, cache, env: machine, print, signal: interrupt });
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
  if (!settings.CLICKHOUSE_URL) servers.push(chdbPart(context, directory.clickhouse));
  return [before, servers, [workerPart(context), apiPart(context)]];
}
