// Many small organizations on one laptop: `npm run bench:organizations -- 20 100`. Each is connected and read to its end,
// eight at a time, and then synced once more; meanwhile the API is asked for the page's figures. On Linux.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { mapConcurrently } from '#activities/context/map-concurrently.ts';
import { runCommandLine } from '#dev/cli/command.ts';
import { createApiClient } from '#dev/demo/api-client.ts';
import { demoSettings } from '#dev/demo/demo-settings.ts';
import type { LaptopSettings } from '#dev/stack/settings.ts';
import { type Stack, withStack } from '#dev/stack/stack.ts';
import { readProcesses } from '#dev/stack/supervisor/leftover-processes.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { addDays, today } from '#domain/day.ts';
import { machineEnvironment } from '#environment/parse.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { keptOpenAi, makeResponses } from './backfill/kept-responses.ts';
import { usageOf } from './backfill/process-usage.ts';
import { quantile, timed } from './measure.ts';

const FACTS_PER_DAY = 36;
const AT_ONCE = 8;

const counts = process.argv.slice(2).map(Number);

await runCommandLine(async (interrupt) => {
  for (const count of counts.length > 0 ? counts : [20, 100]) await bench(count, interrupt);
});

async function bench(count: number, interrupt: AbortSignal): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'pump-bench-'));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const adminKey = `sk-admin-${randomBytes(32).toString('base64url')}`;
  const kept = { origin, adminKey, factsPerDay: FACTS_PER_DAY, latency: 0 };
  const machine = machineEnvironment();
  const print = () => {};
  try {
    const settings = { ...(await demoSettings(directory, print)), OPENAI_BASE_URL: `${origin}/v1` };
    await withStack(
      { settings, machine, print, interrupt, before: [keptOpenAi(kept, machine)] },
      async (stack, end) => {
        await makeResponses(kept);
        await measure(count, adminKey, stack, settings, end);
      },
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(count: number, adminKey: string, stack: Stack, settings: LaptopSettings, end: AbortSignal) {
  const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
  const connection = await Connection.connect({ address: `127.0.0.1:${settings.TEMPORAL_PORT}` });
  const { workflow, schedule } = new Client({ connection });
  const running = async () => (await workflow.count("ExecutionStatus = 'Running'")).count;
  const usage = () =>
    (readProcesses(join(stack.directory, 'processes.json'))?.parts ?? []).map(({ name, pid }) => ({
      name,
      ...usageOf(pid),
    }));

  const untilQuiet = async () => {
    do await delay(200, undefined, { signal: end });
    while ((await running()) > 0);
  };
  const keys = Array.from({ length: count }, (_, index) => `${adminKey}_n${index + 1}`);
  const ids: string[] = [];
  const phases = {
    'a year read': { items: keys, start: async (key: string) => void ids.push((await api.connect(key)).id) },
    'a daily sync': {
      items: ids,
      start: (integration_id: string) =>
        schedule.getHandle(dailySyncId({ tenant_id: settings.TENANT_ID, integration_id })).trigger(),
    },
  };
  for (const [name, { items, start }] of Object.entries(phases)) {
    const before = usage();
    let isDone = false;
    const asked = askUntil(() => isDone, stack, end);
    const started = { times: [] as number[], errors: [] as string[] };
    const all = await timed(async () => {
      await mapConcurrently(items, AT_ONCE, async (item) => {
        await timed(() => start(item)).then(
          (ms) => started.times.push(ms),
          (error) => started.errors.push(String(error.message)),
        );
      });
      await untilQuiet();
    });
    isDone = true;
    const answers = await asked;
    const p = (times: number[]) =>
      `p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms`;
    console.log(`
${count} small organizations, ${name}: ${(all / 1000).toFixed(1)} s, ${(all / 1000 / count).toFixed(2)} s each
  starting it ${p(started.times)}, ${started.errors.length} errors ${started.errors[0] ?? ''}
  of the API meanwhile, ${answers.failed} of ${answers.times.length} failed, ${p(answers.times.map(({ ms }) => ms))}`);
    for (const [path, times] of Map.groupBy(answers.times, ({ path }) => path)) {
      console.log(`  ${path.padEnd(19)} ${p(times.map(({ ms }) => ms))}`);
    }
    for (const { name: part, cpu, peak } of usage()) {
      const spent = cpu - (before.find((one) => one.name === part)?.cpu ?? 0);
      console.log(`  ${part.padEnd(12)} ${(spent / count).toFixed(2)} s of CPU each, peak ${peak} MB`);
    }
  }
  await connection.close();
}

/** Requests what the page shows, one after the other. */
async function askUntil(isDone: () => boolean, { api, secrets }: Stack, signal: AbortSignal) {
  const range = `from=${addDays(today(), -30)}&to=${addDays(today(), 1)}`;
  const paths = ['/v1/integrations', `/v1/costs?${range}&group_by=project_id`, '/v1/costs/summary'];
  const headers = { authorization: `Bearer ${secrets.API_TOKEN}` };
  const times: { path: string; ms: number }[] = [];
  let failed = 0;
  for (let at = 0; !isDone(); at += 1) {
    const path = paths[at % paths.length] as string;
    const ms = await timed(async () => {
      const response = await fetch(`${api}${path}`, { headers, signal });
      await response.arrayBuffer();
      if (!response.ok) failed += 1;
    });
    times.push({ path: path.replace(/\?.*/, ''), ms });
  }
  return { times, failed };
}
