import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, expect, it } from 'vitest';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { startTemporal } from '#dev/temporal-server/start-temporal.ts';

const directory = mkdtempSync(join(tmpdir(), 'pump-temporal-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('keeps workflows and search attributes when it is started again on the same file', {
  timeout: 120_000,
}, async () => {
  const options = { directory, cache: cacheDirectory(process.env.XDG_CACHE_HOME), env: process.env };

  const first = await startTemporal(options);
  try {
    await inNamespace(first.address, (client) =>
      client.workflow.start('waits', { workflowId: 'kept', taskQueue: 'nobody-listens', args: [] }),
    );
  } finally {
    await first.stop();
  }

  const second = await startTemporal(options);
  try {
    await inNamespace(second.address, async (client) => {
      expect((await client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
      const attributes = await client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
      expect(Object.keys(attributes.customAttributes)).toEqual(
        expect.arrayContaining(['TenantId', 'IntegrationStatus']),
      );
    });
  } finally {
    await second.stop();
  }
});

async function inNamespace(address: string, act: (client: Client & { connection: Connection }) => Promise<unknown>) {
  const connection = await Connection.connect({ address });
  try {
    await act(Object.assign(new Client({ connection }), { connection }));
  } finally {
    await connection.close();
  }
}
