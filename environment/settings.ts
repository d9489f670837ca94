import { z } from 'zod';

/**
 * Every setting that a process reads from its environment, by what it is about; Temporal's are in temporal-connection.ts.
 * The table in docs/configuration.md is tested against the descriptions.
 */
export const port = z.coerce.number().int().min(1).max(65535);
const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
const key = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url, 43 characters');

const web = z.url({ protocol: /^https?$/, error: 'must be https://… or http://…' });
/** For what carries secrets, or tells whom to trust. */
const secureWeb = web.refine(
  (url) => /^https:/i.test(url) || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? ''),
  'must be https://…; http://… is for this machine alone',
);

export const shared = {
  LOG_LEVEL: level.default('info').describe('The log level of all processes'),
  CLICKHOUSE_USER: z.string().min(1).default('default').describe('The SQL user'),
  CLICKHOUSE_DATABASE: z.string().regex(/^\w+$/).default('default').describe('The database that holds the tables'),
};
export const servers = {
  CLICKHOUSE_URL: web.describe('The URL of an existing ClickHouse server (HTTP); without it, one is embedded'),
  CLICKHOUSE_PASSWORD: z.string().default('').describe('The SQL user’s password'),
};
export const openai = {
  OPENAI_BASE_URL: secureWeb
    .default('https://api.openai.com/v1')
    .describe('The base URL of OpenAI’s API, ending in /v1 as in OpenAI’s own SDKs'),
};
export const rereading = {
  REREAD_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(365)
    .default(7)
    .describe('Each day is read again daily for this many days after it ended'),
  REREAD_DAYS_WEEKLY: z.coerce.number().int().min(0).max(365).default(35).describe('The same, but on Mondays'),
};
export const http = {
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
export const operations = {
  TEMPORAL_UI_URL: web
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('The URL of the Temporal UI, which the page links to'),
};
const ipAndPort = z
  .string()
  .regex(/^(\[[\da-f:]+\]|\d+(\.\d+){3}):\d+$/i, 'must be an IP address and a port, as in 127.0.0.1:9464');
export const metrics = {
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('The bearer token of the API’s /metrics, which shows all tenants; without it there is no /metrics'),
  METRICS_ADDRESS: ipAndPort
    .optional()
    .describe('The IP address and port of the worker’s /metrics, which needs no token; without it there is none'),
};
export const analysts = {
  ANALYSTS: z
    .string()
    .regex(/^( *[a-z][a-z0-9]{0,30}(:[a-z0-9][a-z0-9-]{0,62})? *,?)*$/, 'must be names, as in analyst,finance:acme')
    .default('analyst')
    .describe(
      'The SQL users of the embedded ClickHouse that read views and write into a database of their own, separated by commas; `name:tenant` reads another tenant than TENANT_ID',
    ),
};
export const worker = {
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
export const tenant = {
  JWT_JWKS_URL: secureWeb
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
export const sealing = {
  SEALING_PUBLIC_KEY: key.describe('The X25519 key that seals Admin keys; the API needs only this one'),
  SEALING_PRIVATE_KEY: key.describe('The X25519 key that opens sealed Admin keys; only workers have it'),
  SEALING_PRIVATE_KEY_PREVIOUS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(key))
    .describe('Private keys before the last rotations, separated by commas, while sealed keys still need them'),
};
export const channels = {
  ALLOW_PRIVATE_CHANNELS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true')
    .describe('Whether webhooks may be on private addresses, and without TLS'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' })
    .optional()
    .describe(
      'The SMTP server that sends e-mails, as in smtps://user:password@mail.example.com. It must offer TLS, unless it is on this machine or the URL ends with ?ignoreTLS=true',
    ),
  MAIL_FROM: z.string().min(1).default('Pump <pump@localhost>').describe('The sender of e-mails'),
  PAGE_URL: web.optional().describe('The address of the page, which messages link to; without it, they have no links'),
};

/** OpenTelemetry's own names. Its exporter reads the other OTEL_EXPORTER_OTLP_… by itself. */
export const tracing = {
  OTEL_EXPORTER_OTLP_ENDPOINT: web
    .optional()
    .describe('The URL of an OpenTelemetry collector that traces are sent to (OTLP over HTTP); without it, none are'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', 'must be http/protobuf')
    .optional()
    .describe('How traces are sent: http/protobuf alone'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe('What the collector asks for, as name=value, separated by commas'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe('Which traces are sent'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('The share of them for …traceidratio'),
};
