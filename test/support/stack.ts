import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { vi } from 'vitest';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { type SimulatorOptions, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { createWorker } from '#worker/create-worker.ts';
import { createDatabase } from './database.ts';
import { findSecrets } from './find-secrets.ts';
import { createNamespace } from './namespace.ts';
import { runningWorkflows } from './quiet.ts';
import { replayHistories } from './replay-histories.ts';
import { serveApi } from './serve-api.ts';
import { workflowBundle } from './workflow-bundle.ts';

// All that the worker, the API and the SDK log in this process: kept to be searched, not printed.
const lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
const logger = new DefaultLogger('DEBUG', ({ level, message, meta }) => log[levels[level]](meta ?? {}, message));
Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'WARN' } } });

export type Stack = Awaited<ReturnType<typeof startStack>>;

/**
 * The product as it runs: simulator, warehouse, workflows and API, in a database and a namespace of its own. Stopping
 * it replays every workflow that ran, and looks for keys in every history, table and log. A test that runs the worker
 * as a process of its own takes the stack without one.
 */
export async function startStack(options: { simulator?: SimulatorOptions; withoutWorker?: boolean } = {}) {
  const tenantId = 'acme';
  const [simulator, database, temporal] = await Promise.all([
    startSimulator(options.simulator),
    createDatabase(),
    createNamespace(),
  ]);
  const { started } = temporal;
  const keys = generateKeyPair();
  const openai = createOpenAi({ baseUrl: simulator.url });

  async function startWorker() {
    const connection = await NativeConnection.connect({ address: temporal.address });
    const worker = await createWorker({
      connection,
      namespace: temporal.namespace,
      workflowBundle: workflowBundle(),
      warehouse: database.warehouse,
      openai,
      rereading: { reread_days: 7, reread_days_weekly: 35 },
      dailyAt: new Date().getUTCHours() < 12 ? '0 18 * * *' : '0 4 * * *', // not while a test runs
      opener: await createOpener([keys.privateKey]),
    });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
      await connection.close();
    };
  }
  const stopWorker = options.withoutWorker ? undefined : await startWorker();

  const { client } = temporal;
  const sealer = await createSealer(keys.publicKey);
  const served = await serveApi(database.warehouse, client.connection, tenantId, { temporal: client, sealer, log });
  const { url, token } = served;

  /** Calls the API as the tenant. */
  async function api<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  return {
    simulator,
    warehouse: database.warehouse,
    temporal: temporal.client,
    environment: {
      CLICKHOUSE_URL: database.options.url,
      CLICKHOUSE_PASSWORD: database.options.password,
      CLICKHOUSE_DATABASE: database.options.database,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      OPENAI_BASE_URL: simulator.url,
      SEALING_PRIVATE_KEY: keys.privateKey,
    },
    url,
    token,
    tenantId,
    api,

    /** Sends a key, and asks on where the answer takes longer than the request. */
    async sendKey(admin_key: unknown) {
      let answer = await api('/v1/integrations', { admin_key });
      while (answer.status === 202) answer = await api(String(answer.body.status_url));
      return answer;
    },

    /** Connects a key, however long the check takes. */
    async startConnecting(admin_key: string): Promise<string> {
      const { status, body } = await this.sendKey(admin_key);
      if (status !== 201) throw new Error(`not connected: ${JSON.stringify(body)}\n${lines.slice(-5).join('')}`);
      return String(body.id);
    },

    /** Connects a key and waits until its integration is connected. */
    async connect(admin_key: string): Promise<string> {
      const id = await this.startConnecting(admin_key);
      await this.untilStatus(id, 'connected');
      return id;
    },

    /** Waits until an integration has the status, and shows it as it is then. */
    untilStatus(id: string, status: string) {
      return vi.waitFor(
        async () => {
          const { body } = await api(`/v1/integrations/${id}`);
          if (body.status !== status) throw new Error(`${id} is ${body.status}, not ${status}`);
          return body;
        },
        { timeout: 200_000, interval: 100 },
      );
    },

    /** Waits until no workflow runs: usage and names arrive after the costs. */
    untilQuiet() {
      return vi.waitFor(
        async () => {
          const running = await runningWorkflows(temporal.client, { warehouse: database.warehouse, tenantId, started });
          if (running.length > 0) throw new Error(`still running: ${running.join(', ')}`);
        },
        { timeout: 200_000, interval: 100 },
      );
    },

    async stop() {
      await stopWorker?.();
      await served.close();
      await replayHistories(temporal.client, workflowBundle());
      const secrets = [...Object.values(simulator.keys), keys.privateKey];
      await findSecrets(secrets, { temporal: temporal.client, warehouse: database.warehouse, lines });
      await Promise.all([simulator.close(), openai.close(), temporal.close()]);
      await database.drop();
    },
  };
}
