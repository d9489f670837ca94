import { expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';

test('an aborted request does not close a connection that another query uses', async () => {
  const server = { ...inject('clickhouse'), user: 'default', application: 'test' };
  const warehouse = openWarehouse({ ...server, database: 'default' });
  onTestFinished(() => warehouse.close());
  const sleep = (seconds: number) =>
    warehouse.query({ name: 'sleep', sql: 'SELECT sleep({seconds: Float64}) AS slept', params: { seconds }, row });
  const row = z.object({ slept: z.literal(0) });

  await sleep(0); // leaves a connection for the next query
  const request = new AbortController();
  const aborted = requestScope.run(request.signal, () => sleep(0));
  request.abort();
  await expect(aborted).rejects.toThrow('aborted');

  // Longer than an idle connection is kept.
  expect(await sleep(3)).toEqual([{ slept: 0 }]);
});
