import { z } from 'zod';
import {
  TemporalSettingError,
  type TemporalSettings,
  temporalConnection,
  temporalSettings,
} from './temporal-connection.ts';

/**
 * Every setting that a process reads from its environment, in one place; Temporal's are in temporal-connection.ts. Each `main.ts` parses the subset it needs;
 * the table in docs/configuration.md is tested against the descriptions below.
 */
const port = z.coerce.number().int().min(1).max(65535);
const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
const key = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url, 43 characters');

const shared = {
  LOG_LEVEL: level.default('info').describe('The log level of all processes'),
  CLICKHOUSE_USER: z.string().min(1).default('default').describe('The SQL user'),
  CLICKHOUSE_DATABASE: z.string().regex(/^\w+$/).default('default').describe('The database that holds the tables'),
};
const servers = {
  CLICKHOUSE_URL: z.url().describe('The URL of an existing ClickHouse server (HTTP); without it, one is embedded'),
  CLICKHOUSE_PASSWORD: z.string().default('').describe('The SQL user’s password'),
};
const openai = {
  OPENAI_BASE_URL: z
    .url()
    .default('https://api.openai.com/v1')
    .describe('The base URL of OpenAI’s API, ending in /v1 as in OpenAI’s own SDKs'),
};
const rereading = {
  REREAD_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(365)
    .default(7)
    .describe('Each day is read again daily for this many days after it ended'),
  REREAD_DAYS_WEEKLY: z.coerce.number().int().min(0).max(365).default(35).describe('The same, but on Mondays'),
};
const http = {
  PORT: port.default(8080).describe('The API’s port'),
  HOST: z.string().min(1).default('127.0.0.1').describe('The address that the API listens on'),
  RATE_LIMIT: z.coerce.number().int().min(1).default(6000).describe('Requests a minute that each credential may make'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many proxies stand before the API and add the caller’s address to x-forwarded-for'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((origins) =>
      origins
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .describe('Other origins whose pages may call the API, separated by commas'),
};
const operations = {
  TEMPORAL_UI_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('The URL of the Temporal UI, which the page links to'),
};
const ipAndPort = z
  .string()
  .regex(/^(\[[\da-f:]+\]|\d+(\.\d+){3}):\d+$/i, 'must be an IP address and a port, as in 127.0.0.1:9464');
const metrics = {
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('The bearer token of the API’s /metrics, which shows all tenants; without it there is no /metrics'),
  METRICS_ADDRESS: ipAndPort
    .optional()
    .describe('The IP address and port of the worker’s /metrics, which needs no token; without it there is none'),
};
const analysts = {
  ANALYSTS: z
    .string()
    .regex(/^( *[a-z][a-z0-9]{0,30}(:[a-z0-9][a-z0-9-]{0,62})? *,?)*$/, 'must be names, as in analyst,finance:acme')
    .default('analyst')
    .describe(
      'The SQL users of the embedded ClickHouse that read views and write into a database of their own, separated by commas; `name:tenant` reads another tenant than TENANT_ID',
    ),
};
const worker = {
  HEALTH_ADDRESS: ipAndPort
    .optional()
    .describe('The IP address and port of the worker’s /health and /ready; without it there are none'),
  WORKER_ROLE: z
    .enum(['all', 'main', 'reads'])
    .default('all')
    .describe('What a worker does: reads from OpenAI (reads), the rest (main), or both (all)'),
  TEMPORAL_WORKER_BUILD_ID: z
    .string()
    .min(1)
    .optional()
    .describe('The build of a worker, for Temporal’s Worker Versioning; without it, workers are not versioned'),
  TEMPORAL_DEPLOYMENT_NAME: z.string().min(1).default('pump').describe('The deployment that the build belongs to'),
  READ_SLOTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(16)
    .describe('Reads from OpenAI that a worker runs at once, each of one dataset of an organization'),
  MAIN_SLOTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('Other activities that a worker runs at once'),
};
const tenant = {
  JWT_JWKS_URL: z
    .url()
    .optional()
    .describe('The URL of your identity provider’s keys; its tokens then replace API_TOKEN'),
  JWT_ISSUER: z.string().min(1).optional().describe('The issuer that its tokens must have'),
  JWT_AUDIENCE: z.string().min(1).optional().describe('The audience that its tokens must have'),
  API_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('The bearer token of the API, if there is no identity provider'),
  TENANT_ID: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes')
    .default('local')
    .describe('The tenant that API_TOKEN belongs to'),
};
const sealing = {
  SEALING_PUBLIC_KEY: key.describe('The X25519 key that seals Admin keys; the API needs only this one'),
  SEALING_PRIVATE_KEY: key.describe('The X25519 key that opens sealed Admin keys; only workers have it'),
  SEALING_PRIVATE_KEY_PREVIOUS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(key))
    .describe('Private keys before the last rotations, separated by commas, while sealed keys still need them'),
};

export const apiEnvironment = z
  .object({
    ...shared,
    ...servers,
    ...temporalSettings,
    ...http,
    ...tenant,
    ...operations,
    METRICS_TOKEN: metrics.METRICS_TOKEN,
    SEALING_PUBLIC_KEY: sealing.SEALING_PUBLIC_KEY,
  })
  .superRefine(checkTemporal)
  .superRefine(({ JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, API_TOKEN }, context) => {
    const needed = JWT_JWKS_URL ? { JWT_ISSUER, JWT_AUDIENCE } : { API_TOKEN };
    for (const [name, value] of Object.entries(needed)) {
      if (value === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed' });
    }
  });

export const workerEnvironment = z
  .object({
    ...shared,
    ...servers,
    ...temporalSettings,
    ...openai,
    ...rereading,
    METRICS_ADDRESS: metrics.METRICS_ADDRESS,
    ...worker,
    SEALING_PRIVATE_KEY: sealing.SEALING_PRIVATE_KEY,
    SEALING_PRIVATE_KEY_PREVIOUS: sealing.SEALING_PRIVATE_KEY_PREVIOUS,
  })
  .superRefine(checkTemporal);

function checkTemporal(settings: TemporalSettings, context: z.RefinementCtx): void {
  try {
    temporalConnection(settings);
  } catch (error) {
    if (!(error instanceof TemporalSettingError)) throw error;
    context.addIssue({ code: 'custom', path: [error.setting], message: error.message });
  }
}

/** The command that migrates the warehouse. */
export const migrateEnvironment = z.object({ ...shared, ...servers });

/** The command that replays workflows. */
export const replayEnvironment = z.object(temporalSettings).superRefine(checkTemporal);

/** `npm start` and `npm run demo`: servers that are not given are embedded, secrets are made once and stored in DATA_DIR. */
export const laptopEnvironment = z.object({
  ...shared,
  ...openai,
  ...rereading,
  ...http,
  TENANT_ID: tenant.TENANT_ID,
  ...analysts,
  API_TOKEN: tenant.API_TOKEN,
  METRICS_ADDRESS: metrics.METRICS_ADDRESS,
  ...operations,
  CLICKHOUSE_URL: servers.CLICKHOUSE_URL.optional(),
  CLICKHOUSE_PASSWORD: z
    .string()
    .optional()
    .describe(servers.CLICKHOUSE_PASSWORD.description ?? ''),
  ...temporalSettings,
  SEALING_PUBLIC_KEY: sealing.SEALING_PUBLIC_KEY.optional(),
  SEALING_PRIVATE_KEY: sealing.SEALING_PRIVATE_KEY.optional(),
  SEALING_PRIVATE_KEY_PREVIOUS: sealing.SEALING_PRIVATE_KEY_PREVIOUS,
  DATA_DIR: z.string().min(1).default('.pump').describe('Where the laptop stores its data and secrets'),
  CLICKHOUSE_PORT: port.default(8123).describe('The embedded ClickHouse’s HTTP port'),
  TEMPORAL_PORT: port.default(7233).describe('The embedded Temporal’s port'),
  TEMPORAL_UI_PORT: port.default(8233).describe('The embedded Temporal UI’s port'),
  TEMPORAL_CLI_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('The path of a Temporal CLI; without it, one is searched for'),
  XDG_CACHE_HOME: z.string().min(1).optional().describe('Where a downloaded Temporal CLI is cached; default: ~/.cache'),
});

/** The chdb-server of a laptop. Only `npm start` sets these variables. */
export const chdbServerEnvironment = z.object({
  CLICKHOUSE_PORT: port,
  CLICKHOUSE_USER: shared.CLICKHOUSE_USER,
  CLICKHOUSE_PASSWORD: z.string().min(1),
  CLICKHOUSE_DATABASE: shared.CLICKHOUSE_DATABASE,
  TENANT_ID: tenant.TENANT_ID,
  ANALYSTS: analysts.ANALYSTS.default(''),
  CLICKHOUSE_DATA: z.string().min(1).describe('The engine’s data directory'),
  UV_THREADPOOL_SIZE: z.coerce
    .number()
    .int()
    .min(3)
    .default(4)
    .describe('Node’s threads; each running query occupies one'),
});

export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Parses an environment.
 * @throws EnvironmentError that names each variable and what is wrong with it, never its value
 */
export function parseEnvironment<T extends z.ZodType>(
  schema: T,
  values: Record<string, string | undefined>,
): z.infer<T> {
  // An empty variable, as `PORT= npm start` or a compose file leaves it, means "not given".
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    if (given[name] !== undefined) return `${name}: ${issue.message}`;
    return issue.code === 'custom' ? `${name} ${issue.message}` : `${name} is not set`;
  });
  throw new EnvironmentError(`The environment is not right. ${lines.join('; ')}. docs/configuration.md explains each.`);
}

/** For a `main.ts`: parses this process's environment. If it is not valid, prints one sentence and exits with 1. */
export function readEnvironment<T extends z.ZodType>(schema: T): z.infer<T> {
  try {
    return parseEnvironment(schema, process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** This process's environment without our settings (PATH, proxies, …). Child processes get it beside their own. */
export function machineEnvironment(): NodeJS.ProcessEnv {
  // XDG_CACHE_HOME is also read by pip, Go and others.
  const ours = (name: string) => name in laptopEnvironment.shape && name !== 'XDG_CACHE_HOME';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}
