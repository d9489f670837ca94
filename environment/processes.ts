import { z } from 'zod';
import {
  analysts,
  channels,
  http,
  metrics,
  openai,
  operations,
  port,
  rereading,
  sealing,
  servers,
  shared,
  tenant,
  tracing,
  worker,
} from './settings.ts';
import {
  TemporalSettingError,
  type TemporalSettings,
  temporalConnection,
  temporalSettings,
} from './temporal-connection.ts';

/** The API. */
export const apiEnvironment = z
  .object({
    ...shared,
    ...servers,
    ...temporalSettings,
    ...http,
    ...tenant,
    ...operations,
    ...tracing,
    METRICS_TOKEN: metrics.METRICS_TOKEN,
    ALLOW_PRIVATE_CHANNELS: channels.ALLOW_PRIVATE_CHANNELS,
    SEALING_PUBLIC_KEY: sealing.SEALING_PUBLIC_KEY,
  })
  .superRefine(checkTemporal)
  .superRefine(({ JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, API_TOKEN }, context) => {
    const needed = JWT_JWKS_URL ? { JWT_ISSUER, JWT_AUDIENCE } : { API_TOKEN };
    for (const [name, value] of Object.entries(needed)) {
      if (value === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed' });
    }
  });

/** The worker. */
export const workerEnvironment = z
  .object({
    ...shared,
    ...servers,
    ...temporalSettings,
    ...openai,
    ...rereading,
    METRICS_ADDRESS: metrics.METRICS_ADDRESS,
    ...worker,
    ...channels,
    ...tracing,
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

/** The command that seals keys again. */
export const rotateEnvironment = z.object({
  ...shared,
  ...servers,
  SEALING_PRIVATE_KEY: sealing.SEALING_PRIVATE_KEY,
  SEALING_PRIVATE_KEY_PREVIOUS: sealing.SEALING_PRIVATE_KEY_PREVIOUS,
});

/** The commands that use Temporal alone. */
export const temporalEnvironment = z.object(temporalSettings).superRefine(checkTemporal);

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
  ...channels,
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
