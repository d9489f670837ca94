import type { WorkerDeploymentVersion } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { Agent } from 'undici';
import type { Mailer } from '#activities/delivery/mailer.ts';
import { createPost } from '#activities/delivery/post.ts';
import { createSend } from '#activities/delivery/send.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { createWorker } from '#worker/create-worker.ts';
import { createDatabase } from './database.ts';
import { findSecrets } from './find-secrets.ts';
import { GIVES_UP, IMPATIENT, KILLS } from './impatience.ts';
import { createNamespace } from './namespace.ts';
import { replayHistories } from './replay-histories.ts';
import { serveApi } from './serve-api.ts';
import { createTenant, type Tenant } from './tenant.ts';
import { workflowBundle } from './workflow-bundle.ts';

// All that the worker, the API and the SDK log in this process: it is searched, not printed.
const lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
const logger = new DefaultLogger('DEBUG', ({ level, message, meta }) => log[levels[level]](meta ?? {}, message));
Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'WARN' } } });

type StackOptions = {
  simulator?: SimulatorOptions;
  withoutWorker?: boolean;
  /** How many days are read when an organization is connected; 365 by default. */
  historyDays?: number;
  /** How many days are read again daily; 7 by default. */
  rereadDays?: number;
  /** What the worker has in place of the warehouse. */
  warehouseOfWorker?: (warehouse: Warehouse) => Warehouse;
  /** What e-mails are sent by; none by default. */
  mailer?: Mailer;
  /** Secrets beside keys that must be in no history, table or log. */
  secrets?: readonly string[];
  /**
   * Whether workflows wait for seconds where they would wait for long; `for kills`: for the heartbeats of workers, too;
   * `gives up`: and try what has a limit of attempts twice.
   */
  impatient?: true | 'for kills' | 'gives up';
};

const PREFIXES = { true: IMPATIENT, 'for kills': KILLS, 'gives up': GIVES_UP };

export type Stack = Awaited<ReturnType<typeof startStack>>;

/**
 * The product as it runs, in a database and a namespace of its own: warehouse, workflows, API, and a tenant with a
 * simulator. Stopping it replays every workflow that ran, and looks for keys in every history, table and log. A test
 * that runs the worker as a process of its own takes the stack without one.
 */
export async function startStack(options: StackOptions = {}) {
  const [simulator, database, temporal] = await Promise.all([
    startSimulator(options.simulator),
    createDatabase(),
    createNamespace(options.impatient && PREFIXES[`${options.impatient}`]),
  ]);
  const keys = generateKeyPair();
  const tenants: Tenant[] = [];
  const openai = createOpenAi({ baseUrl: simulator.url, dispatcher: toSimulatorOfKey(tenants) });

  async function startWorker(version?: WorkerDeploymentVersion) {
    const connection = await NativeConnection.connect({ address: temporal.address });
    const worker = await createWorker({
      connection,
      namespace: temporal.namespace,
      workflowBundle: workflowBundle(),
      slots: { reads: 16, main: 100 },
      version,
      temporal: temporal.clientBy(connection),
      warehouse: options.warehouseOfWorker?.(database.warehouse) ?? database.warehouse,
      openai,
      rereading: { reread_days: options.rereadDays ?? 7, reread_days_weekly: 35 },
      dailyAt: new Date().getUTCHours() < 12 ? '0 18 * * *' : '0 4 * * *', // not while a test runs
      opener: await createOpener([keys.privateKey]),
      send: createSend(createPost({ mayBePrivate: true }), options.mailer),
      pageUrl: 'https://pump.test/',
      ...(options.historyDays && { historyDays: options.historyDays }),
    });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
      await connection.close();
    };
  }
  const stopWorker = options.withoutWorker ? undefined : await startWorker();

  const { client, started } = temporal;
  const { warehouse } = database;
  const sealer = await createSealer(keys.publicKey);
  async function addTenant(tenantId: string, itsSimulator: Simulator): Promise<Tenant> {
    const api = await serveApi(warehouse, client.connection, tenantId, { temporal: client, sealer, log });
    const tenant = createTenant(
      { tenantId, simulator: itsSimulator, api },
      { warehouse, temporal: client, started, lines },
    );
    tenants.push(tenant);
    return tenant;
  }

  return {
    ...(await addTenant('acme', simulator)),
    environment: {
      CLICKHOUSE_URL: database.options.url,
      CLICKHOUSE_PASSWORD: database.options.password,
      CLICKHOUSE_DATABASE: database.options.database,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      OPENAI_BASE_URL: simulator.url,
      SEALING_PRIVATE_KEY: keys.privateKey,
    },

    /** Starts a worker, of a build where there are several. @returns what stops it */
    startWorker,

    /** Adds a tenant with a simulator, and so an organization and keys, of its own. */
    async addTenant(tenantId: string, simulator: SimulatorOptions = {}): Promise<Tenant> {
      return addTenant(tenantId, await startSimulator({ seed: tenantId, ...simulator }));
    },

    async stop() {
      await stopWorker?.();
      await Promise.all(tenants.map((tenant) => tenant.close()));
      await replayHistories(client, workflowBundle());
      const secrets = [
        ...tenants.flatMap((tenant) => Object.values(tenant.simulator.keys)),
        keys.privateKey,
        ...(options.secrets ?? []),
      ];
      await findSecrets(secrets, { temporal: client, warehouse, lines });
      await Promise.all([...tenants.map((tenant) => tenant.simulator.close()), openai.close(), temporal.close()]);
      await database.drop();
    },
  };
}

/** Sends each request to the simulator that knows its key, so that one worker can read for several tenants. */
function toSimulatorOfKey(tenants: readonly Tenant[]) {
  return new Agent().compose((dispatch) => (request, handler) => {
    const [, key = ''] = /Bearer (\S+)/.exec(JSON.stringify(request.headers)) ?? [];
    const tenant = tenants.find(({ simulator }) =>
      Object.values(simulator.keys).some((known) => key.startsWith(known)),
    );
    if (!tenant) return dispatch(request, handler);
    const headers = { ...(request.headers as object), host: new URL(String(request.origin)).host };
    return dispatch({ ...request, headers, origin: new URL(tenant.simulator.url).origin }, handler);
  });
}
