import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { openWarehouse } from '../clickhouse/client.ts';
import { createSealer } from '../clickhouse/sealing.ts';
import { apiEnvironment, readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

process.title = 'pump-api (api/main.ts)';
const environment = readEnvironment(apiEnvironment);
const log = pino({ name: 'api', level: environment.LOG_LEVEL });

const warehouse = openWarehouse({
  url: environment.CLICKHOUSE_URL,
  user: environment.CLICKHOUSE_USER,
  password: environment.CLICKHOUSE_PASSWORD,
  database: environment.CLICKHOUSE_DATABASE,
  application: 'pump-api',
});
// Lazy: the API listens first and is ready later, whichever server comes up last.
const connection = Connection.lazy({ address: environment.TEMPORAL_ADDRESS });
const app = createApp({
  warehouse,
  temporal: new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE }),
  sealer: await createSealer(environment.SEALING_PUBLIC_KEY),
  token: environment.API_TOKEN,
  tenantId: environment.TENANT_ID,
  log,
});
const server = app.listen(environment.PORT, environment.HOST, (error) => {
  if (error) {
    process.stderr.write(`The API cannot listen on ${environment.HOST}:${environment.PORT}: ${error.message}\n`);
    process.exit(1);
  }
  log.info({ port: environment.PORT }, 'API listens');
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  await Promise.all([connection.close(), warehouse.close()]);
  log.info('API has stopped');
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
