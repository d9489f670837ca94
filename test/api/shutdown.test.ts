import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { openEvents } from './open-events.ts';

const main = fileURLToPath(new URL('../../api/main.ts', import.meta.url));
const authorization = 'Bearer a-token-for-tests-only';
const children: ChildProcess[] = [];
let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeIntegration(database.warehouse, integration({ tenant_id: 'local', integration_id: 'i' }));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
});

async function startApi() {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: {
      PORT: String(port),
      API_TOKEN: 'a-token-for-tests-only',
      LOG_LEVEL: 'error',
      CLICKHOUSE_URL: database.options.url,
      CLICKHOUSE_PASSWORD: database.options.password,
      CLICKHOUSE_DATABASE: database.options.database,
      TEMPORAL_ADDRESS: inject('temporal').address,
      SEALING_PUBLIC_KEY: generateKeyPair().publicKey,
    },
    stdio: 'ignore',
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), { timeout: 60_000 });
  return { port, url, child, exit: once(child, 'exit') };
}

/** A request that was accepted and waits for the rest of its body. */
async function beginPost(url: string, body: string) {
  const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length };
  const sent = request(`${url}/v1/integrations`, { method: 'POST', headers: { ...headers, expect: '100-continue' } });
  const response = once(sent, 'response') as Promise<[IncomingMessage]>;
  response.catch(() => {});
  sent.flushHeaders();
  await once(sent, 'continue'); // it has arrived
  return { finish: () => sent.end(body), response };
}

test('on SIGTERM it accepts nothing new, ends event streams, finishes running requests, and exits with 0', async () => {
  const { port, url, child, exit } = await startApi();
  const events = await openEvents(`${url}/v1/integrations/i/events`, { authorization });
  await events.until(({ events }) => expect(events).toHaveLength(1));
  // An incomplete request keeps its connection open.
  const connection = connect(port, '127.0.0.1');
  connection.write('GET /ready HTTP/1.1\r\nHost: a\r\n');
  const post = await beginPost(url, JSON.stringify({ admin_key: 'sk-proj-of-a-project' }));

  child.kill('SIGTERM');
  await events.until(({ ended }) => expect(ended).toBe('whole'));
  await vi.waitFor(() => expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed'), { timeout: 60_000 });
  connection.write('\r\n');
  expect(await text(connection)).toMatch(/^HTTP\/1\.1 503 .*"ready":false,"warehouse":true/s);
  expect(child.exitCode).toBe(null);
  post.finish();
  const [response] = await post.response;
  expect([response.statusCode, JSON.parse(await text(response)).code]).toEqual([422, 'not_an_admin_key']);
  expect(await exit).toEqual([0, null]);
});

test('a request that exceeds the deadline is cut', async () => {
  const { url, child, exit } = await startApi();
  const post = await beginPost(url, '{}');
  const began = performance.now();
  child.kill('SIGTERM');
  await expect(post.response).rejects.toThrow(/hang up|ECONNRESET/);
  expect(await exit).toEqual([0, null]);
  expect(performance.now() - began).toBeGreaterThan(9_900);
});
