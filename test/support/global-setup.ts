import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { cacheDirectory } from '#dev/temporal-server/cache-directory.ts';
import { startTemporal } from '#dev/temporal-server/start-temporal.ts';
import { DAY_MS } from '#domain/day.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clickhouse: { url: string; password: string };
    temporal: { address: string };
    /** File that holds the workflows, bundled once for the run. */
    workflowBundle: string;
  }
}

/** Longer than a run takes on a busy machine: of all files, and of a few that were named. */
const RUN_MS = 900_000;
const SMALL_RUN_MS = 180_000;

/** A run that begins just before midnight would mean another day than the product does a little later. */
async function waitOverMidnight(isSmall: boolean) {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left > (isSmall ? SMALL_RUN_MS : RUN_MS)) return;
  process.stderr.write(
    `Waiting ${Math.ceil(left / 60_000)} minutes for the next UTC day, so that the run sees one day …\n`,
  );
  await setTimeout(left);
}

/** One Temporal server and one ClickHouse engine for the whole run; tests take a namespace and a database each. */
async function startServers(isSmall: boolean) {
  await waitOverMidnight(isSmall);
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
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: [fileURLToPath(new URL('impatience.ts', import.meta.url))],
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(workflowBundle, code);
  return {
    provided: {
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

export default async function setup({ provide, vitest }: TestProject) {
  run.pumpServers ??= startServers(Boolean(vitest.filenamePattern?.length));
  run.pumpProjects = (run.pumpProjects ?? 0) + 1;
  const servers = await run.pumpServers;
  provide('workflowBundle', servers.provided.workflowBundle);
  provide('clickhouse', servers.provided.clickhouse);
  provide('temporal', servers.provided.temporal);
  return async () => {
    run.pumpProjects = (run.pumpProjects ?? 1) - 1;
    if (run.pumpProjects === 0) await servers.stop();
  };
}
