import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { addDays } from '#domain/day.ts';
import { startReceiver } from '../support/receiver.ts';
import { isForFacts, startOf } from '../support/requested-days.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const FROM = addDays(TODAY, -364);
const TO = addDays(TODAY, 1);
const main = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));
const bundled = fileURLToPath(new URL('../support/bundled-worker.ts', import.meta.url));

let stack: Stack;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  stack = await startStack({ withoutWorker: true, impatient: 'for kills', simulator: { factsPerDay: 10 } });
});
afterAll(async () => {
  for (const worker of workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
  }
  await stack.stop();
});

function startWorker(): ChildProcess {
  const env = {
    ...stack.environment,
    ALLOW_PRIVATE_CHANNELS: 'true',
    LOG_LEVEL: 'warn',
    WORKFLOW_BUNDLE: inject('workflowBundle'),
  };
  const worker = spawn(process.execPath, ['--import', bundled, main], { env, stdio: 'ignore' });
  workers.push(worker);
  return worker;
}

test('a backfill whose worker is killed continues with the next one, exact and without reading twice', async () => {
  // So slow that days are written before all are there, and the oldest do not come.
  stack.simulator.knobs.latencyMs = 2_000;
  const release = stack.simulator.hold((request) => isForFacts(request) && startOf(request) < addDays(TODAY, -200));
  const first = startWorker();
  const id = await stack.startConnecting(stack.simulator.keys.admin);
  const progress = async () => {
    const { body: now } = await stack.api<{ progress: { days_done: number } }>(`/v1/integrations/${id}`);
    return now.progress.days_done;
  };
  const killedAt = await vi.waitFor(
    async () => {
      const done = await progress();
      if (done < 32) throw new Error('not in the middle yet');
      return done;
    },
    { timeout: 120_000, interval: 50 },
  );
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(killedAt).toBeLessThan(365);
  const done = await daysDone();
  expect(done).not.toEqual([]);
  const before = stack.simulator.requests.length;
  stack.simulator.knobs.latencyMs = 0;
  release();
  // The costs are what is checked: a year of usage would only take time.
  stack.simulator.knobs.down = Object.fromEntries(USAGE_ENDPOINTS.map((name) => [`/organization/usage/${name}`, 403]));

  startWorker();
  const view = await stack.untilStatus(id, 'connected');
  expect(view).toMatchObject({ progress: { days_done: 365 }, reconciliation: { agrees: true, difference: '0' } });
  const { body: costs } = await stack.api(`/v1/costs?from=${FROM}&to=${TO}&granularity=day`);
  expect(costs.total).toBe(stack.simulator.truth.total(FROM, TO));
  // Nothing that was stored is read again.
  const again = stack.simulator.requests.slice(before).filter(({ path }) => path.endsWith('/costs'));
  const begins = again.map(startOf);
  expect(begins).not.toEqual([]);
  expect(begins.filter((day) => done.includes(day))).toEqual([]);
});

test('an alert whose worker is killed after it was recorded is delivered once by the next one, with the same id', async () => {
  const receiver = await startReceiver();
  receiver.status = 503;
  const secret = { signing_secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
  await stack.api('/v1/channels', { kind: 'webhook', name: 'Ops', url: receiver.url, ...secret });
  const { id } = (await stack.api<{ id: string }>('/v1/budgets', { name: 'All', amount: '0.01', period: 'year' })).body;
  type Alert = { id: string; is_quiet: boolean; deliveries: { outcome: string }[] };
  const outcomes = async () => {
    const { body } = await stack.api<{ data: Alert[] }>(`/v1/alerts?budget_id=${id}`);
    const told = body.data.find(({ is_quiet }) => !is_quiet);
    return (await stack.api<Alert>(`/v1/alerts/${told?.id}`)).body.deliveries?.map(({ outcome }) => outcome) ?? [];
  };
  await expect.poll(outcomes, { timeout: 200_000 }).toContain('refused');
  const killed = workers.at(-1);
  killed?.kill('SIGKILL');
  if (killed) await once(killed, 'exit');
  const before = receiver.received.length;
  receiver.status = 200;

  startWorker();
  await expect.poll(outcomes, { timeout: 200_000 }).toContain('delivered');
  await stack.untilQuiet();
  expect(receiver.received.length).toBe(before + 1);
  expect((await outcomes()).filter((outcome) => outcome === 'delivered')).toHaveLength(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await receiver.close();
});

/** The days whose costs are stored. */
async function daysDone(): Promise<string[]> {
  const rows = await stack.warehouse.query({
    name: 'days done',
    sql: `SELECT day FROM day_reads FINAL WHERE dataset = 'costs'`,
    row: z.object({ day: z.string() }),
  });
  return rows.map(({ day }) => day);
}
