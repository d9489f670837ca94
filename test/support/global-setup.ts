import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { startTemporal } from '#dev/temporal-server/start-temporal.ts';
import { bundleWorkflows } from './bundle-workflows.ts';
import { createRunDirectory } from './run-directory.ts';
import { waitOverMidnight } from './wait-over-midnight.ts';

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
const RUN_MS = 1_200_000;

/** One Temporal server and one ClickHouse engine for the whole run; tests take a namespace and a database each. */
async function startServers() {
  await waitOverMidnight(RUN_MS);
  const directory = createRunDirectory();
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
  return {
    provided: {
      directory,
      workflowBundle,
      clickhouse: { url: engine.url, password: engine.password },
      temporal: { address: temporal.address },
    },
    async stop() {
      await Promise.all([engine.stop(), temporal.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

// Each project of the run loads this module for itself, and all use the same servers.
const run = globalThis as { pumpServers?: ReturnType<typeof startServers>; pumpProjects?: number };

export default async function setup({ provide }: TestProject) {
  run.pumpServers ??= startServers();
  run.pumpProjects = (run.pumpProjects ?? 0) + 1;
  const servers = await run.pumpServers;
  provide('directory', servers.provided.directory);
  provide('workflowBundle', servers.provided.workflowBundle);
  provide('clickhouse', servers.provided.clickhouse);
  provide('temporal', servers.provided.temporal);
  return async () => {
    run.pumpProjects = (run.pumpProjects ?? 1) - 1;
    if (run.pumpProjects === 0) await servers.stop();
  };
}
