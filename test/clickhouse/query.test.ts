import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';

const row = z.object({ slept: z.literal(0) });

function open(url = inject('clickhouse').url) {
  const warehouse = openWarehouse({
    ...inject('clickhouse'),
    url,
    user: 'default',
    application: 'test',
    database: 'default',
  });
  onTestFinished(() => warehouse.close());
  const sleep = (seconds: number) =>
    warehouse.query({ name: 'sleep', sql: 'SELECT sleep({seconds: Float64}) AS slept', params: { seconds }, row });
  return { warehouse, sleep };
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
  for (const query of await Promise.allSettled(queries)) expect(query).toMatchObject({ status: 'rejected' });
});

test('what ClickHouse refuses has its code, and what it does not respond to the code of the network', async () => {
  const { warehouse } = open();
  await expect(warehouse.query({ name: 'a table', sql: 'SELECT 0 AS slept FROM no_such_table', row })).rejects.toThrow(
    'ClickHouse refused "a table" with error 60 (UNKNOWN_TABLE)',
  );
  await expect(open('http://127.0.0.1:2').sleep(0)).rejects.toThrow(
    'ClickHouse did not respond to "sleep" (ECONNREFUSED)',
  );
});

test('an error after the first rows is an error, and no result', async () => {
  const { warehouse } = open();
  const sql = "SELECT throwIf(number = 3, 'here') AS slept FROM numbers(5) SETTINGS max_block_size = 1";
  await expect(warehouse.query({ name: 'a part', sql, row })).rejects.toThrow('"a part"');
});

test('every statement names the application, by which the embedded engine tells the worker’s from others', async () => {
  const names: string[] = [];
  const server = createServer((request, response) => {
    names.push(request.headers['user-agent'] ?? '');
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const options = { user: 'default', password: '', database: 'default', application: 'pump-worker' };
  const warehouse = openWarehouse({ ...options, url: `http://127.0.0.1:${port}` });
  onTestFinished(() => warehouse.close());

  await warehouse.query({ name: 'a query', sql: 'SELECT 1', row });
  await warehouse.insert('a_table', [{}]);
  await warehouse.command('a command', 'SYSTEM FLUSH LOGS');
  const { signal } = new AbortController();
  await warehouse.stream({ name: 'a stream', sql: 'SELECT 1', params: {}, format: 'CSV', settings: {}, signal });
  expect(names).toEqual(Array(4).fill(expect.stringMatching(/^pump-worker clickhouse-js/)));
});
