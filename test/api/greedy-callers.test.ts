import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, today } from '#domain/day.ts';
import { startRangeSync } from '#workflows/contract/commands.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

const SOON = { interval: 20 };

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
const sockets: Socket[] = [];
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  await writeIntegration(database.warehouse, integration({ tenant_id: 'greedy', integration_id: 'i' }));
  api = await serveApi(database.warehouse, temporal, 'greedy', {
    trustedProxies: 1,
    verify: async (token) =>
      token.startsWith('right')
        ? { id: token, tenantId: 'greedy', scopes: new Set(['costs:read', 'integrations:write']) }
        : undefined,
  });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await api.close();
  await temporal.close();
  await database.drop();
});

/** A connection that sends what it is given. `seen` is what came back, and whether the server ended it. */
async function open(head: string) {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  const seen = { text: '', ended: false };
  socket.setEncoding('utf8').on('data', (text) => {
    seen.text += text;
  });
  socket.once('close', () => {
    seen.ended = true;
  });
  await once(socket, 'connect');
  socket.write(head);
  return { socket, seen };
}
const head = (line: string, ...headers: string[]) => [`${line} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n');

/** Sends a body without an end, for as long as it is taken. @returns the bytes that were */
async function pour({ socket, seen }: Awaited<ReturnType<typeof open>>): Promise<number> {
  const taken = (event: string) => once(socket, event).catch(() => {}); // the server may reset it
  const piece = Buffer.alloc(64 * 1024, 'a');
  const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  let sent = 0;
  while (!seen.ended && sent < 256 * 1024 * 1024) {
    sent += chunk.length;
    if (!socket.write(chunk)) await Promise.race([taken('drain'), taken('close')]);
    await new Promise(setImmediate);
  }
  return sent;
}

const json = 'content-type: application/json';
const chunked = 'transfer-encoding: chunked';
test.each([
  ['without a token', head('POST /v1/integrations', json, chunked), 401],
  ['to a path that is public', head('GET /health', chunked), 200],
  ['to a path that is not', head('POST /nowhere', chunked), 404],
  ['of another type', head('POST /v1/integrations', 'authorization: Bearer right', 'content-type: a/b', chunked), 415],
  ['that is too large', head('POST /v1/integrations', 'authorization: Bearer right', json, chunked), 413],
])('an endless body %s is read no further than its response', async (_name, request, status) => {
  const connection = await open(request);
  const sent = await pour(connection);
  expect(connection.seen.text).toMatch(`HTTP/1.1 ${status} `);
  expect(connection.seen.ended).toBe(true);
  expect(sent).toBeLessThan(32 * 1024 * 1024); // what the two kernels hold
});

test('a connection is used again after a small body that was refused', async () => {
  const { socket, seen } = await open(head('POST /v1/integrations', json, 'content-length: 2'));
  await expect.poll(() => seen.text, SOON).toMatch('HTTP/1.1 401 ');
  socket.write(`{}${head('GET /health')}`);
  await expect.poll(() => seen.text, SOON).toMatch('HTTP/1.1 200 ');
});

test('a connection is used again after a body that was too large', async () => {
  const body = `${(17_000).toString(16)}\r\n${'a'.repeat(17_000)}\r\n0\r\n\r\n`;
  const large = head('POST /v1/integrations', 'authorization: Bearer right', json, chunked) + body;
  const { socket, seen } = await open(large);
  for (let sent = 1; sent <= 5; sent += 1) {
    await expect.poll(() => seen.text.split('HTTP/1.1 413 ').length - 1).toBe(sent);
    if (sent < 5) socket.write(large);
  }
  socket.write(head('GET /health'));
  await expect.poll(() => seen.text).toMatch('HTTP/1.1 200 ');
});

test('of an address, 100 connections may be without a whole request', async () => {
  const half = await Promise.all(Array.from({ length: 101 }, () => open('GET /health HTTP/1.1\r\n')));
  await expect.poll(() => half.filter(({ seen }) => seen.ended).length, SOON).toBe(1);
  const [first] = half.filter(({ seen }) => !seen.ended);
  first?.socket.write('host: x\r\n\r\n');
  await expect.poll(() => first?.seen.text, SOON).toMatch('HTTP/1.1 200 ');
  expect((await fetch(`${api.url}/health`)).status).toBe(200);
  for (const { socket } of half) socket.destroy();
});

test('a credential has at most 50 event streams, and one that ends makes room', async () => {
  const stream = (token: string) => open(head('GET /v1/integrations/i/events', `authorization: Bearer ${token}`));
  const opened: Awaited<ReturnType<typeof open>>[] = [];
  for (let i = 0; i < 50; i++) opened.push(await stream('right'));
  await expect.poll(() => opened.every(({ seen }) => / 200 .*event:/s.test(seen.text)), SOON).toBe(true);
  const refused = await stream('right');
  await expect.poll(() => refused.seen.text, SOON).toMatch(/ 429 .*too_many_at_once/s);
  const other = await stream('right-too');
  await expect.poll(() => other.seen.text, SOON).toMatch(' 200 ');
  opened[0]?.socket.destroy();
  const responseToNext = async () => {
    const { seen } = await stream('right');
    await expect.poll(() => seen.text, SOON).not.toBe('');
    return seen.text;
  };
  await expect.poll(responseToNext).toMatch(' 200 ');
});

test('an address that tried 30 wrong tokens waits; tokens that were right before and other addresses do not', async () => {
  const session = (token: string, address: string) =>
    fetch(`${api.url}/v1/session`, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address } });
  expect((await session('right-before', '192.0.2.1')).status).toBe(200);
  for (let i = 0; i < 30; i++) expect((await session(`wrong-${i}`, '192.0.2.1')).status).toBe(401);
  const refused = await session('right-but-guessed', '192.0.2.1');
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too_many_requests' }]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await session('right-before', '192.0.2.1')).status).toBe(200);
  expect((await session('wrong', '192.0.2.2')).status).toBe(401);
});

test('a tenant with 50 running syncs starts no other, and makes 120 changes a minute', async () => {
  // No worker runs, so that they go on.
  const key = { tenant_id: 'greedy', integration_id: 'i' };
  const { client } = api;
  const range = (days: number) => ({ from: addDays(today(), -days), to: today() });
  for (let days = 1; days <= 50; days++) await startRangeSync(client, { ...key, ...range(days) });
  const post = () =>
    fetch(`${api.url}/v1/integrations/i/syncs`, {
      method: 'POST',
      headers: { authorization: 'Bearer right', 'content-type': 'application/json' },
      body: JSON.stringify(range(60)),
    });
  const codeOfPost = async () => ((await (await post()).json()) as { code: string }).code;
  await expect.poll(codeOfPost).toBe('too_many_at_once');
  const codesOfMany = async () => new Set(await Promise.all(Array.from({ length: 121 }, codeOfPost)));
  await expect.poll(codesOfMany).toContain('too_many_requests');
  for (let days = 1; days <= 50; days++) {
    const { workflowId } = await startRangeSync(client, { ...key, ...range(days) });
    await client.workflow.getHandle(workflowId).terminate();
  }
});
