import { expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { reader } from '#clickhouse/client/request-scope.ts';

test('a reader who leaves cuts nobody else off', async () => {
  const server = { ...inject('clickhouse'), user: 'default', application: 'test' };
  const warehouse = openWarehouse({ ...server, database: 'default' });
  onTestFinished(() => warehouse.close());
  const sleep = (seconds: number) =>
    warehouse.query({ name: 'sleep', sql: 'SELECT sleep({seconds: Float64}) AS slept', params: { seconds }, row });
  const row = z.object({ slept: z.literal(0) });

  await sleep(0); // leaves a connection for the next one
  const leaving = new AbortController();
  const asked = reader.run(leaving.signal, () => sleep(0));
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');

  // Longer than a connection is kept idle.
  expect(await sleep(3)).toEqual([{ slept: 0 }]);
});
