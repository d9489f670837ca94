import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';

const row = z.object({ slept: z.literal(0) });
const engine = { ...inject('clickhouse'), user: 'default', application: 'pump-worker', database: 'default' };

function open(options: Partial<typeof engine> = {}) {
  const warehouse = openWarehouse({ ...engine, ...options });
  onTestFinished(() => warehouse.close());
  const sleep = (seconds: number) =>
    warehouse.query({ name: 'sleep', sql: 'SELECT sleep({seconds: Float64}) AS slept', params: { seconds }, row });
  return { warehouse, sleep };
}

/** A server that responds as told. @returns its address */
async function serve(respond: RequestListener): Promise<{ url: string }> {
  const server = createServer(respond);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('an aborted request does not close a connection that another query uses', async () => {
  const { sleep } = open();
  await sleep(0); // leaves a connection for the next query
  const request = new AbortController();
  const aborted = requestScope.run(request.signal, () => sleep(0));
  request.abort();
  await expect(aborted).rejects.toThrow('aborted');

  // Longer than an idle connection is kept.
  expect(await sleep(3)).toEqual([{ slept: 0 }]);
});

test('an aborted request cancels all of its queries', async () => {
  const { sleep } = open();
  const request = new AbortController();
  const queries = requestScope.run(request.signal, () => [sleep(3), sleep(3), sleep(3)]);
  request.abort();
  for (const query of await Promise.allSettled(queries)) {
    expect(query).toMatchObject({ status: 'rejected', reason: request.signal.reason });
  }
});

test('a request that is aborted in the middle of a result closes its connection', async () => {
  const request = new AbortController();
  const closed = Promise.withResolvers<void>();
  const server = await serve((_, response) => {
    response.on('close', closed.resolve).write('{"slept":0}\n', () => request.abort());
  });
  const { sleep } = open(server);
  await expect(requestScope.run(request.signal, () => sleep(0))).rejects.toThrow('aborted');
  await closed.promise;
});

test('what ClickHouse refuses has its code, and what it does not respond to the code of the network', async () => {
  const { warehouse } = open();
  await expect(warehouse.query({ name: 'a table', sql: 'SELECT 0 AS slept FROM no_such_table', row })).rejects.toThrow(
    'ClickHouse refused "a table" with error 60 (UNKNOWN_TABLE)',
  );
  await expect(open({ url: 'http://127.0.0.1:2' }).sleep(0)).rejects.toThrow(
    'ClickHouse did not respond to "sleep" (ECONNREFUSED)',
  );
});

test('an exception after the first rows is an error, and so is a result that breaks off', async () => {
  const tag = 'abcdefghijklmnop';
  const exception = 'Code: 395. DB::Exception: here. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO) (version 26.1.1)\n';
  const end = `${exception}${exception.length} ${tag}\r\n__exception__\r\n`;
  const failing = await serve((_, response) => {
    response.setHeader('X-ClickHouse-Exception-Tag', tag);
    response.end(`{"slept":0}\n\r\n__exception__\r\n${tag}\r\n${end}`);
  });
  await expect(open(failing).sleep(0)).rejects.toThrow('ClickHouse refused "sleep" with error 395');

  const broken = await serve((_, response) => response.write('{"slept":0}\n', () => response.destroy()));
  await expect(open(broken).sleep(0)).rejects.toThrow('ClickHouse did not respond to "sleep" (UND_ERR_SOCKET)');
});

test('a query goes to no other server than the one it is sent to', async () => {
  let asked = 0;
  const other = await serve((_, response) => void response.end(`{"slept":${asked++}}\n`));
  const { sleep } = open(await serve((_, response) => void response.writeHead(307, { location: other.url }).end()));
  await expect(sleep(0)).rejects.toThrow('ClickHouse did not respond');
  expect(asked).toBe(0);
});

test('every statement has the password in UTF-8, and names the worker, which the embedded engine lets wait', async () => {
  const seen: unknown[] = [];
  const server = await serve(({ headers }, response) => {
    seen.push([headers.authorization, headers['user-agent']]);
    response.end();
  });
  const { warehouse } = open({ ...server, user: 'jürgen', password: 'pä€' });
  await warehouse.query({ name: 'a query', sql: 'SELECT 1', row });
  await warehouse.insert('a_table', [{}]);
  await warehouse.command('a command', 'SYSTEM FLUSH LOGS');
  const { signal } = new AbortController();
  await warehouse.stream({ name: 'a stream', sql: 'SELECT 1', params: {}, format: 'CSV', settings: {}, signal });
  const authorization = `Basic ${Buffer.from('jürgen:pä€').toString('base64')}`;
  expect(seen).toEqual(Array(4).fill([authorization, expect.stringMatching(/^pump-worker clickhouse-js/)]));
});
