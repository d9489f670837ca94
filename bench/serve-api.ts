import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createApp } from '#api/app.ts';
import { verifyLocalToken } from '#api/auth/verify-local-token.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createSealer } from '#credentials/sealing.ts';

const TOKEN = 'a-token-for-the-benchmark-only';

/** Serves the API to one tenant on a free port. Temporal is never called. */
export async function serveApi(warehouse: Warehouse, tenantId: string) {
  // Never closed: a call that it is about to repeat would throw out of its timer.
  const connection = Connection.lazy();
  const temporal = new Client({ connection });
  const { publicKey } = generateKeyPair();
  const app = createApp({
    warehouse,
    temporal,
    probe: temporal,
    sealer: await createSealer(publicKey),
    verify: verifyLocalToken({ token: TOKEN, tenantId }),
    trustedProxies: 0,
    rateLimit: 1_000_000,
    metricsToken: TOKEN,
    corsOrigins: [],
    allowPrivateChannels: false,
    stopping: new AbortController().signal,
    log: pino({ level: 'silent' }),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: { authorization: `Bearer ${TOKEN}` },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
