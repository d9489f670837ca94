import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../openai/days.ts';
import { type Stack, startStack } from '../stack.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const FROM = addDays(TODAY, -364);
const TO = addDays(TODAY, 1);
const main = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

let stack: Stack;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  stack = await startStack({ withoutWorker: true, simulator: { factsPerDay: 25 } });
});
afterAll(async () => {
  for (const worker of workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
  }
  await stack.stop();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [main], { env: { ...stack.environment, LOG_LEVEL: 'warn' }, stdio: 'ignore' });
  workers.push(worker);
  return worker;
}

test('a backfill whose worker is killed goes on with the next one, exact and without reading twice', async () => {
  // Slow enough that there is a middle.
  stack.simulator.knobs.latencyMs = 100;
  const first = startWorker();
  const id = await stack.startConnecting(stack.simulator.keys.admin);
  const progress = async () => {
    const { body: now } = await stack.api<{ progress: { days_done: number } }>(`/v1/integrations/${id}`);
    return now.progress.days_done;
  };
  const killedAt = await vi.waitFor(
    async () => {
      const done = await progress();
      if (done < 150) throw new Error('not in the middle yet');
      return done;
    },
    { timeout: 30_000, interval: 20 },
  );
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(killedAt).toBeLessThan(365);
  const before = await versions();

  startWorker();
  const view = await stack.untilStatus(id, 'connected');
  expect(view).toMatchObject({ progress: { days_done: 365 }, reconciliation: { agrees: true, difference: '0' } });
  const { body: costs } = await stack.api(`/v1/costs?from=${FROM}&to=${TO}&granularity=day`);
  expect(costs.total).toBe(stack.simulator.truth.total(FROM, TO));
  // Only the three slices that were under way were read again, even where they had been written already.
  const after = new Set((await versions()).map((row) => JSON.stringify(row)));
  const kept = before.filter((row) => after.has(JSON.stringify(row)));
  expect(kept.length).toBeGreaterThanOrEqual(before.length - 3 * 31);
});

const versions = () =>
  stack.warehouse.query({
    name: 'versions',
    sql: 'SELECT day, version FROM cost_days FINAL ORDER BY day',
    row: z.object({ day: z.string(), version: z.string() }),
  });
