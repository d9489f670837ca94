import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, type ConnectionLike } from '@temporalio/client';
import { pino } from 'pino';
import { type AppOptions, createApp } from '#api/app.ts';
import { verifyLocalToken } from '#api/auth/verify-local-token.ts';
import { createApiServer } from '#api/create-server.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createSealer } from '#credentials/sealing.ts';

/** Serves the API to one tenant, or to those that `verify` accepts. `responses` are the server's own response objects. */
export async function serveApi(
  warehouse: Warehouse,
  connection: ConnectionLike,
  tenantId: string,
  options: Partial<AppOptions> = {},
) {
  const token = `token-of-${tenantId}-tenant`;
  const client = new Client({ connection });
  const app = createApp({
    warehouse,
    temporal: client,
    probe: client,
    sealer: await createSealer(generateKeyPair().publicKey),
    verify: verifyLocalToken({ token, tenantId }),
    rateLimit: 1_000_000,
    trustedProxies: 0,
    corsOrigins: [],
    allowPrivateChannels: true,
    stopping: new AbortController().signal,
    log: pino({ level: 'silent' }),
    ...options,
  });
  const responses: ServerResponse[] = [];
  const server = createApiServer((request, response) => {
    responses.push(response);
    app(request, response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client,
    token,
    headers: { authorization: `Bearer ${token}` },
    responses,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
