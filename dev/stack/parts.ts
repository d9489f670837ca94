import { join } from 'node:path';
import { temporalConnection } from '#environment/temporal-connection.ts';
import type { Secrets } from './data-directory/secrets.ts';
import { listPollers } from './pollers.ts';
import { apiUrl, clickhouseUrl, type LaptopSettings, temporalUiUrl, temporalVariables } from './settings.ts';
import type { Part } from './supervisor/part.ts';
import { probeHttp, probeTcp } from './system/probes.ts';
import { retry } from './system/retry.ts';

type Context = { settings: LaptopSettings; secrets: Secrets; machine: NodeJS.ProcessEnv };

/** chDB behind ClickHouse's HTTP interface. */
export function chdbPart({ settings, secrets, machine }: Context, directory: string): Part {
  return {
    ...script('clickhouse', 'ClickHouse', 'dev/chdb-server/main.ts'),
    env: {
      ...machine,
      UV_THREADPOOL_SIZE: '16', // each running query holds one thread
      CLICKHOUSE_PORT: String(settings.CLICKHOUSE_PORT),
      CLICKHOUSE_USER: settings.CLICKHOUSE_USER,
      CLICKHOUSE_PASSWORD: secrets.CLICKHOUSE_PASSWORD,
      CLICKHOUSE_DATA: directory,
      CLICKHOUSE_DATABASE: settings.CLICKHOUSE_DATABASE,
      TENANT_ID: settings.TENANT_ID,
      ANALYSTS: settings.ANALYSTS,
    },
    ready: (signal) => retry(() => probeHttp(`${clickhouseUrl(settings)}/ping`, signal), signal),
  };
}

/** By these, glibc's allocator keeps less of what is freed: docs/measurements/memory.md. */
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '4194304', MALLOC_ARENA_MAX: '2' };

/** Ready once it polls Temporal for work: a key can be checked then. */
export function workerPart(context: Context): Part {
  const { settings, secrets, machine } = context;
  const temporal = temporalConnection(temporalVariables(settings));
  return {
    ...script('worker', 'The worker', 'worker/main.ts', [], ['--max-semi-space-size=8', '--max-old-space-size=1024']),
    env: {
      ...machine,
      ...MALLOC,
      ...shared(context),
      OPENAI_BASE_URL: settings.OPENAI_BASE_URL,
      REREAD_DAYS: String(settings.REREAD_DAYS),
      REREAD_DAYS_WEEKLY: String(settings.REREAD_DAYS_WEEKLY),
      METRICS_ADDRESS: settings.METRICS_ADDRESS,
      ALLOW_PRIVATE_CHANNELS: String(settings.ALLOW_PRIVATE_CHANNELS),
      SMTP_URL: settings.SMTP_URL,
      MAIL_FROM: settings.MAIL_FROM,
      PAGE_URL: settings.PAGE_URL ?? apiUrl(settings),
      SEALING_PRIVATE_KEY: secrets.SEALING_PRIVATE_KEY,
      SEALING_PRIVATE_KEY_PREVIOUS: settings.SEALING_PRIVATE_KEY_PREVIOUS.join(','),
    },
    // Nobody waits for it. While 100 organizations connect, the API's 99th percentile is 0.8 s in place of 1.0.
    isInBackground: true,
    ready: (signal) => {
      const since = Date.now();
      return retry(async () => {
        const pollers = await listPollers(temporal);
        if (!pollers.some(({ at }) => at >= since)) throw new Error('the worker does not poll yet');
      }, signal);
    },
  };
}

export function apiPart(context: Context): Part {
  const { settings, secrets, machine } = context;
  return {
    ...script('api', 'The API', 'api/main.ts'),
    env: {
      ...machine,
      ...shared(context),
      PORT: String(settings.PORT),
      HOST: settings.HOST,
      RATE_LIMIT: String(settings.RATE_LIMIT),
      TRUSTED_PROXIES: String(settings.TRUSTED_PROXIES),
      CORS_ORIGINS: settings.CORS_ORIGINS.join(','),
      API_TOKEN: secrets.API_TOKEN,
      METRICS_TOKEN: secrets.API_TOKEN, // on one person's machine the API's token serves for metrics, too
      TENANT_ID: settings.TENANT_ID,
      TEMPORAL_UI_URL: temporalUiUrl(settings),
      ALLOW_PRIVATE_CHANNELS: String(settings.ALLOW_PRIVATE_CHANNELS),
      SEALING_PUBLIC_KEY: secrets.SEALING_PUBLIC_KEY,
    },
    ready: (signal) => retry(() => probeHttp(`${apiUrl(settings)}/ready`, signal), signal),
  };
}

/** The simulator, in place of OpenAI's API. */
export function simulatorPart(port: number, adminKey: string, machine: NodeJS.ProcessEnv): Part {
  const args = ['--port', String(port), '--admin-key', adminKey];
  return {
    ...script('simulator', 'The simulated OpenAI', 'dev/simulators/openai/main.ts', args),
    env: machine,
    ready: (signal) => retry(() => probeTcp('127.0.0.1', port), signal),
  };
}

/** A part that runs a script of this repository, with the Node of this process. */
function script(name: string, title: string, path: string, args: string[] = [], nodeOptions: string[] = []) {
  const file = join(import.meta.dirname, '../..', path);
  const options = ['--disable-warning=ExperimentalWarning', ...nodeOptions];
  return { name, title, command: process.execPath, args: [...options, file, ...args] };
}

function shared({ settings, secrets }: Context) {
  return {
    LOG_LEVEL: settings.LOG_LEVEL,
    CLICKHOUSE_URL: clickhouseUrl(settings),
    CLICKHOUSE_USER: settings.CLICKHOUSE_USER,
    CLICKHOUSE_PASSWORD: secrets.CLICKHOUSE_PASSWORD,
    CLICKHOUSE_DATABASE: settings.CLICKHOUSE_DATABASE,
    ...temporalVariables(settings),
  };
}
