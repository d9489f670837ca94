import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { startTemporal } from '#dev/temporal-server/start-temporal.ts';
import { DAY_MS } from '#domain/day.ts';
import { createRunDirectory } from './run-directory.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clickhouse: { url: string; password: string };
    temporal: { address: string };
    /** Removed after the run; tests put the data of their own servers into it. */
    directory: string;
    /** File that holds the workflows, bundled once for the run. */
    workflowBundle: string;
  }
}

/** Longer than a run takes on a busy machine. */
const RUN_MS = 900_000;

/** A run that begins just before midnight would mean another day than the product does a little later. */
async function waitOverMidnight() {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left > RUN_MS) return;
  process.stderr.write(
    `Waiting ${Math.ceil(left / 60_000)} minutes for the next UTC day, so that the run sees one day …\n`,
  );
  await setTimeout(left);
}

/** One Temporal server and one ClickHouse engine for the whole run; tests take a namespace and a database each. */
export default async function setup({ provide }: TestProject) {
  await waitOverMidnight();
  const directory = createRunDirectory();
  provide('directory', directory);
  const [engine, temporal] = await Promise.all([
    startChdbServer({ directory: join(directory, 'clickhouse') }),
    startTemporal({
      directory: join(directory, 'temporal'),
      cache: cacheDirectory(process.env.XDG_CACHE_HOME),
      env: process.env,
    }),
  ]);
  const workflowBundle = join(directory, 'workflows.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: [fileURLToPath(new URL('impatience.ts', import.meta.url))],
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(workflowBundle, code);
  provide('workflowBundle', workflowBundle);
  provide('clickhouse', { url: engine.url, password: engine.password });
  provide('temporal', { address: temporal.address });
  return async () => {
    await Promise.all([engine.stop(), temporal.stop()]);
    await rm(directory, { recursive: true, force: true });
  };
}
