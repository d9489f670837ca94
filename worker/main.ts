import { Client } from '@temporalio/client';
import { DefaultLogger, type LogEntry, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { createMailer } from '#activities/delivery/mailer.ts';
import { createPost } from '#activities/delivery/post.ts';
import { createSend } from '#activities/delivery/send.ts';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { requireMigrated } from '#clickhouse/schema/migrate.ts';
import { createOpener } from '#credentials/sealing.ts';
import { readEnvironment } from '#environment/parse.ts';
import { workerEnvironment } from '#environment/processes.ts';
import { temporalConnection } from '#environment/temporal-connection.ts';
import { createLog } from '#log.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { startTracing } from '#tracing/start.ts';
import { traceCalls } from '#tracing/temporal-client.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/contract/search-attributes.ts';
import { createWorker } from './create-worker.ts';
import { ensureSearchAttributes } from './ensure-search-attributes.ts';
import { measureKeys } from './measure-keys.ts';
import { countCalls, measureProcess, prometheusAt } from './metrics.ts';
import { thinRetries } from './process/thin-retries.ts';
import { waitFor } from './process/wait-for.ts';
import { ensureReconcileSchedule } from './reconcile-schedule.ts';
import { serveHealth } from './serve-health.ts';
import { warehouseOptions } from './warehouse-options.ts';
import { loadWorkflows } from './workflow-bundle.ts';

process.title = 'pump-worker (worker/main.ts)';
const environment = readEnvironment(workerEnvironment);
const log = createLog({
  name: 'worker',
  level: environment.LOG_LEVEL,
  serializers: { error: pino.stdSerializers.err }, // the SDK's name for it
});
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
const logTo = ({ level, message, meta }: LogEntry) => log[levels[level]](meta ?? {}, message);
const { METRICS_ADDRESS, HEALTH_ADDRESS, TEMPORAL_WORKER_BUILD_ID: buildId } = environment;
Runtime.install({
  logger: new DefaultLogger('DEBUG', thinRetries(logTo)),
  shutdownSignals: [], // it would hear none before the worker runs
  telemetryOptions: { logging: { forward: {} }, ...(METRICS_ADDRESS && { metrics: prometheusAt(METRICS_ADDRESS) }) },
});
const stopTracing = await startTracing('pump-worker', environment, (reason) =>
  log.warn({ reason }, 'traces are not sent'),
);
if (METRICS_ADDRESS) measureProcess();
let worker: Awaited<ReturnType<typeof createWorker>> | undefined;
const stop = () => (worker ? worker.shutdown() : process.exit(0));
process.once('SIGINT', stop).once('SIGTERM', stop);
if (HEALTH_ADDRESS) {
  serveHealth(HEALTH_ADDRESS, () => worker?.isRunning() ?? false).once('error', (error) => {
    process.stderr.write(`The worker cannot listen on HEALTH_ADDRESS: ${error.message}\n`);
    process.exit(1);
  });
}

const warehouse = openWarehouse(warehouseOptions(environment));
const openai = createOpenAi({ baseUrl: environment.OPENAI_BASE_URL, onCall: countCalls() });
const temporal = temporalConnection(environment);
const { namespace } = temporal;
// First, as this may take hours: nothing tells a worker that is not made yet that Temporal has gone away meanwhile.
await waitFor('the warehouse', () => requireMigrated(warehouse), log);
const connection = await waitFor('Temporal', () => NativeConnection.connect(temporal.connection), log);
const client = new Client({ connection, namespace, interceptors: { workflow: [traceCalls] } });
await waitFor('search attributes', () => ensureSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES), log);

const opener = await createOpener([environment.SEALING_PRIVATE_KEY, ...environment.SEALING_PRIVATE_KEY_PREVIOUS]);
if (environment.WORKER_ROLE !== 'reads') measureKeys(warehouse, opener.keyIds, Runtime.instance().metricMeter);
worker = await createWorker({
  connection,
  namespace,
  role: environment.WORKER_ROLE,
  version: buildId ? { deploymentName: environment.TEMPORAL_DEPLOYMENT_NAME, buildId } : undefined,
  slots: { reads: environment.READ_SLOTS, main: environment.MAIN_SLOTS },
  workflowBundle: await loadWorkflows(),
  temporal: client,
  warehouse,
  openai,
  rereading: { reread_days: environment.REREAD_DAYS, reread_days_weekly: environment.REREAD_DAYS_WEEKLY },
  dailyAt: '0 4 * * *', // after OpenAI has closed the UTC day
  opener,
  send: createSend(
    createPost({ mayBePrivate: environment.ALLOW_PRIVATE_CHANNELS }),
    environment.SMTP_URL ? createMailer(environment.SMTP_URL, environment.MAIL_FROM) : undefined,
  ),
  pageUrl: environment.PAGE_URL,
});
await waitFor('schedules', () => ensureReconcileSchedule(client), log);
// It repairs all others, and nothing else would repair it.
const hourly = setInterval(() => {
  ensureReconcileSchedule(client).catch(({ name }: Error) =>
    log.warn({ error: name }, 'the hourly schedule was not checked'),
  );
}, 3_600_000);
log.info('worker is ready');
await worker.run().catch((error: Error) => {
  if (error.name !== 'GracefulShutdownPeriodExpiredError') throw error;
  log.warn('some activities did not end in time: other workers take them over');
  process.exit(0);
});
clearInterval(hourly);
await Promise.all([connection.close(), warehouse.close(), openai.close(), stopTracing()]);
log.info('worker has stopped');
process.exit(0);
