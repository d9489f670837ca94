import { Client, Connection } from '@temporalio/client';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { createSealer } from '#credentials/sealing.ts';
import { readEnvironment } from '#environment/parse.ts';
import { apiEnvironment } from '#environment/processes.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { createLog } from '#log.ts';
import { startTracing } from '#tracing/start.ts';
import { traceCalls } from '#tracing/temporal-client.ts';
import { createApp } from './app.ts';
import { verifyJwt } from './auth/verify-jwt.ts';
import { verifyLocalToken } from './auth/verify-local-token.ts';
import { closeServer } from './close-server.ts';
import { createApiServer } from './create-server.ts';

process.title = 'pump-api (api/main.ts)';
const environment = readEnvironment(apiEnvironment);
const log = createLog({ name: 'api', level: environment.LOG_LEVEL });
const stopTracing = await startTracing('pump-api', environment, (reason) =>
  log.warn({ reason }, 'traces are not sent'),
);

/** How long running requests may take when the process stops. docker-compose.yml and Kubernetes kill it after 30 s. */
const SHUTDOWN_MS = 10_000;

const warehouse = openWarehouse({
  url: environment.CLICKHOUSE_URL,
  user: environment.CLICKHOUSE_USER,
  password: environment.CLICKHOUSE_PASSWORD,
  database: environment.CLICKHOUSE_DATABASE,
  application: 'pump-api',
});
// Lazy: the API listens first, and is ready once both servers respond.
const { namespace, connection: options } = temporalConnection(environment);
const connection = Connection.lazy(options);
const stopping = new AbortController();
const app = createApp({
  warehouse,
  probe: new Client({ connection: Connection.lazy({ ...options, interceptors: [] }), namespace }),
  temporal: new Client({ connection, namespace, interceptors: { workflow: [traceCalls] } }),
  sealer: await createSealer(environment.SEALING_PUBLIC_KEY),
  workflowsUrl: environment.TEMPORAL_UI_URL && `${environment.TEMPORAL_UI_URL}/namespaces/${namespace}/workflows`,
  stopping: stopping.signal,
  verify: verifierOf(environment),
  rateLimit: environment.RATE_LIMIT,
  trustedProxies: environment.TRUSTED_PROXIES,
  corsOrigins: environment.CORS_ORIGINS,
  metricsToken: environment.METRICS_TOKEN,
  allowPrivateChannels: environment.ALLOW_PRIVATE_CHANNELS,
  log,
});
const server = createApiServer(app);
server.once('error', (error) => {
  process.stderr.write(`The API cannot listen on ${environment.HOST}:${environment.PORT}: ${error.message}\n`);
  process.exit(1);
});
server.listen(environment.PORT, environment.HOST, () => log.info({ port: environment.PORT }, 'API listens'));

/** Verifies an identity provider's tokens if one is configured, or else the one API_TOKEN. */
function verifierOf({
  JWT_JWKS_URL,
  JWT_ISSUER = '',
  JWT_AUDIENCE = '',
  API_TOKEN = '',
  TENANT_ID,
}: typeof environment) {
  if (JWT_JWKS_URL) return verifyJwt({ jwksUrl: JWT_JWKS_URL, issuer: JWT_ISSUER, audience: JWT_AUDIENCE });
  return verifyLocalToken({ token: API_TOKEN, tenantId: TENANT_ID });
}

async function stop() {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await closeServer(server, SHUTDOWN_MS);
  await Promise.all([warehouse.close(), stopTracing()]);
  log.info('API has stopped');
  // Temporal's connection is not closed: a call that is about to be repeated would throw an error out of its timer.
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
