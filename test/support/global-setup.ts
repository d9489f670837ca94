import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { startTemporal } from '#dev/temporal-server/start-temporal.ts';
import { bundleWorkflows } from './bundle-workflows.ts';
import { waitOverMidnight } from './wait-over-midnight.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clickhouse: { url: string; password: string };
    temporal: { address: string };
    /** File that holds the workflows, bundled once for the run. */
    workflowBundle: string;
  }
}

/** Longer than a run takes on a busy machine. */
const RUN_MS = 900_000;

/** One Temporal server and one ClickHouse engine for the whole run; tests take a namespace and a database each. */
export default async function setup({ provide }: TestProject) {
  await waitOverMidnight(RUN_MS);
  const directory = await mkdtemp(join(tmpdir(), 'pump-test-'));
  const [engine, temporal] = await Promise.all([
    startChdbServer({ directory: join(directory, 'clickhouse') }),
    startTemporal({
      directory: join(directory, 'temporal'),
      cache: cacheDirectory(process.env.XDG_CACHE_HOME),
      env: process.env,
    }),
  ]);
  const workflowBundle = join(directory, 'workflows.js');
  await writeFile(workflowBundle, await bundleWorkflows());
  provide('workflowBundle', workflowBundle);
  provide('clickhouse', { url: engine.url, password: engine.password });
  provide('temporal', { address: temporal.address });
  return async () => {
    await Promise.all([engine.stop(), temporal.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
}
