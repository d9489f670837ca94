import { text } from 'node:stream/consumers';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openWarehouse } from '#clickhouse/client/client.ts';

test('an aborted stream does not close a connection that another one uses', async () => {
  const server = { ...inject('clickhouse'), user: 'default', application: 'test' };
  const warehouse = openWarehouse({ ...server, database: 'default' });
  onTestFinished(() => warehouse.close());
  const sleep = (seconds: number, signal = new AbortController().signal) =>
    warehouse.stream({
      name: 'sleep',
      sql: `SELECT sleep(${seconds})`,
      params: {},
      format: 'CSV',
      settings: {},
      signal,
    });

  await text(await sleep(0)); // leaves a connection for the next stream
  const request = new AbortController();
  const aborted = sleep(0, request.signal);
  request.abort();
  await expect(aborted).rejects.toThrow('aborted');

  // Longer than an idle connection is kept.
  expect(await text(await sleep(3))).toBe('0\n');
});
