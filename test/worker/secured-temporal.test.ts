import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whyTemporalIsAway } from '#api/operations/temporal-health.ts';
import { type TemporalSettings, temporalConnection } from '#environment/temporal-connection.ts';
import { ensureSearchAttributes } from '#worker/ensure-search-attributes.ts';
import { createNamespace } from '../support/namespace.ts';
import { secureTemporal, tlsFile } from '../support/secured-temporal.ts';

type Server = Awaited<ReturnType<typeof secureTemporal>>;

const apiKey = 'the-api-key-of-a-namespace';
const authority = { TEMPORAL_TLS_SERVER_CA_CERT_PATH: tlsFile('ca.crt'), TEMPORAL_TLS_SERVER_NAME: 'temporal.test' };
const certificate = {
  TEMPORAL_TLS_CLIENT_CERT_PATH: tlsFile('client.crt'),
  TEMPORAL_TLS_CLIENT_KEY_DATA: readFileSync(tlsFile('client.key'), 'utf8'),
};

let namespace: Awaited<ReturnType<typeof createNamespace>>;
let byKey: Server;
let byCertificate: Server;
beforeAll(async () => {
  namespace = await createNamespace();
  [byKey, byCertificate] = await Promise.all([
    secureTemporal(namespace.address, { apiKey, withoutOperator: true }),
    secureTemporal(namespace.address, { mutual: true }),
  ]);
});
afterAll(() => Promise.all([byKey.close(), byCertificate.close(), namespace.close()]));

/** Uses a connection of the worker's kind. */
async function withWorker<T>(settings: TemporalSettings, use: (connection: NativeConnection) => Promise<T>) {
  const connection = await NativeConnection.connect(temporalConnection(settings).connection);
  return await use(connection).finally(() => connection.close());
}

/** Connects as the API does. */
async function connectApi(settings: TemporalSettings, connectTimeout: '10s' | '100s' = '100s'): Promise<void> {
  const connection = await Connection.connect({ ...temporalConnection(settings).connection, connectTimeout });
  await connection.workflowService.describeNamespace({ namespace: namespace.namespace });
  await connection.close();
}

/** As the API asks, for its log. */
async function whyAway(settings: TemporalSettings) {
  const { connection: options, namespace: own } = temporalConnection({
    TEMPORAL_NAMESPACE: namespace.namespace,
    ...settings,
  });
  const connection = Connection.lazy({ ...options, interceptors: [] });
  return whyTemporalIsAway(new Client({ connection, namespace: own })).finally(() => connection.close());
}

const keySettings = () => ({ TEMPORAL_ADDRESS: byKey.address, ...authority, TEMPORAL_API_KEY: apiKey });
const certificateSettings = () => ({ TEMPORAL_ADDRESS: byCertificate.address, ...authority, ...certificate });
const ensure = (connection: NativeConnection, names: string[]) =>
  ensureSearchAttributes(connection, namespace.namespace, names);

test('the API and the worker connect by TLS and an API key, and not with another key', async () => {
  await connectApi(keySettings());
  await withWorker(keySettings(), async ({ workflowService }) =>
    workflowService.describeNamespace({ namespace: namespace.namespace }),
  );
  const other = { ...keySettings(), TEMPORAL_API_KEY: 'another-key' };
  await expect(connectApi(other, '10s')).rejects.toThrow();
  await expect(withWorker(other, async () => {})).rejects.toThrow();
});

test('the API and the worker connect by mTLS, and not without a certificate', async () => {
  await connectApi(certificateSettings());
  await withWorker(certificateSettings(), async ({ workflowService }) =>
    workflowService.describeNamespace({ namespace: namespace.namespace }),
  );
  expect(await whyAway(certificateSettings())).toBeUndefined();
  await expect(withWorker({ ...certificateSettings(), ...withoutCertificate }, async () => {})).rejects.toThrow();
});

test('the API says why Temporal is away', async () => {
  expect(await whyAway({ ...keySettings(), TEMPORAL_API_KEY: 'another-key' })).toContain('PERMISSION_DENIED');
  expect(await whyAway({ TEMPORAL_ADDRESS: namespace.address, TEMPORAL_NAMESPACE: 'not-there' })).toContain(
    'NOT_FOUND',
  );
  expect(await whyAway({ ...keySettings(), TEMPORAL_TLS_SERVER_NAME: 'temporal.other' })).toContain('temporal.other');
});
const withoutCertificate = { TEMPORAL_TLS_CLIENT_CERT_PATH: undefined, TEMPORAL_TLS_CLIENT_KEY_DATA: undefined };

test('a worker that may not register search attributes says the command, and none once they are there', async () => {
  const names = ['ColorOfTest', 'SizeOfTest'];
  await withWorker(keySettings(), async (connection) => {
    await expect(ensure(connection, names)).rejects.toThrow(
      `temporal operator search-attribute create --namespace ${namespace.namespace} ` +
        '--name ColorOfTest --type Keyword --name SizeOfTest --type Keyword # on Temporal Cloud: ',
    );
    await withWorker(certificateSettings(), (allowed) => ensure(allowed, names));
    byKey.calls.length = 0;
    await expect.poll(() => ensure(connection, names).then(() => 'found', String)).toBe('found');
    expect(byKey.calls.at(-1)).toContain('CountWorkflowExecutions');
  });
});
