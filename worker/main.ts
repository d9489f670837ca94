import { Client } from '@temporalio/client';
import { DefaultLogger, type LogEntry, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { createOpener } from '#credentials/sealing.ts';
import { readEnvironment, workerEnvironment } from '#environment.ts';
import { createLog } from '#log.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { createWorker } from './create-worker.ts';
import { countCalls, prometheusAt } from './metrics.ts';
import { ensureReconcileSchedule } from './reconcile-schedule.ts';
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
const { METRICS_ADDRESS } = environment;
Runtime.install({
  logger: new DefaultLogger('DEBUG', logTo),
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  ...(METRICS_ADDRESS && { telemetryOptions: prometheusAt(METRICS_ADDRESS) }),
});

const warehouse = openWarehouse(warehouseOptions(environment));
const openai = createOpenAi({ baseUrl: environment.OPENAI_BASE_URL, onCall: countCalls() });
const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
log.info({ migrations: await migrate(warehouse) }, 'warehouse is up to date');

const worker = await createWorker({
  connection,
  namespace: environment.TEMPORAL_NAMESPACE,
  workflowBundle: await loadWorkflows(),
  warehouse,
  openai,
  rereading: { reread_days: environment.REREAD_DAYS, reread_days_weekly: environment.REREAD_DAYS_WEEKLY },
  dailyAt: '0 4 * * *', // after OpenAI has closed the UTC day
  opener: await createOpener([environment.SEALING_PRIVATE_KEY, ...environment.SEALING_PRIVATE_KEY_PREVIOUS]),
});
await ensureReconcileSchedule(new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE }));
log.info('worker is ready');
await worker.run();
await Promise.all([connection.close(), warehouse.close(), openai.close()]);
log.info('worker has stopped');
process.exit(0);
