import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { ensureTemporalCli } from '#dev/temporal-server/ensure-cli.ts';
import { composeServices, composeText, variablesOf } from './compose-file.ts';

let bin: string;
beforeAll(async () => {
  bin = mkdtempSync(join(tmpdir(), 'pump-bin-'));
  const cache = cacheDirectory(process.env.XDG_CACHE_HOME);
  const cli = await ensureTemporalCli({
    cliPath: process.env.TEMPORAL_CLI_PATH,
    cache,
    env: process.env,
    print: () => {},
  });
  if (isAbsolute(cli.path)) symlinkSync(cli.path, join(bin, 'temporal')); // else it is on the PATH
});
afterAll(() => rmSync(bin, { recursive: true }));

test('the namespace job creates the namespace once, and accepts an existing one', async () => {
  const secrets = variablesOf(composeText).filter(({ required }) => required);
  const services = composeServices(Object.fromEntries(secrets.map(({ name }) => [name, 'of no use here'])));
  const { entrypoint = [], command = [], environment } = services['temporal-namespace'] ?? {};
  const [shell = '', ...words] = [...entrypoint, ...command];
  const { address } = inject('temporal');
  const namespace = `test-${randomUUID()}`;
  const env = {
    ...environment,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    PATH: [bin, process.env.PATH].join(delimiter),
    HOME: bin, // the CLI wants one, as a container has
  };
  for (const _ of ['created', 'found']) execFileSync(shell, words, { env, stdio: 'pipe', timeout: 120_000 });

  const connection = await Connection.connect({ address });
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
  await connection.close();
});
