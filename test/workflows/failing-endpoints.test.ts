import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readIntegration, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { usageEndpoints } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { addDays } from '#domain/day.ts';
import { backfillId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import { backfillOf } from '../support/backfill.ts';
import { startScheduled } from '../support/scheduled-run.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** How far back OpenAI keeps days: it is not the year that matters here. */
const LOOKBACK_DAYS = 40;
const FROM = addDays(TODAY, -LOOKBACK_DAYS);
const TO = addDays(TODAY, 1);
const FAILING = ['completions', 'embeddings', 'moderations'];

let stack: Stack;
let id: string;
beforeAll(async () => {
  const down = Object.fromEntries(FAILING.map((endpoint) => [`/organization/usage/${endpoint}`, 500]));
  const simulator = { factsPerDay: 25, knobs: { down, lookbackDays: LOOKBACK_DAYS } };
  stack = await startStack({ simulator, impatient: true });
  id = await stack.connect(stack.simulator.keys.admin);
});
afterAll(() => stack.stop());

const datasets = usageEndpoints.map((endpoint) => `usage/${endpoint}`).sort();
const failing = FAILING.map((endpoint) => `usage/${endpoint}`);
/** Datasets of which at least so many days were read at or after a time in unix milliseconds. */
async function datasetsRead(days: number, since = 0): Promise<string[]> {
  const rows = await stack.warehouse.query({
    name: 'datasets read',
    sql: `SELECT dataset FROM day_reads FINAL WHERE version >= {since: UInt64}
          GROUP BY dataset HAVING count() >= {days: UInt32} ORDER BY dataset`,
    params: { days, since },
    row: z.object({ dataset: z.string() }),
  });
  return rows.map(({ dataset }) => dataset);
}
async function namesReadSince(since: number): Promise<string[]> {
  const rows = await stack.warehouse.query({
    name: 'names read',
    sql: 'SELECT DISTINCT kind FROM name_records FINAL WHERE version >= {since: UInt64} ORDER BY kind',
    params: { since },
    row: z.object({ kind: z.string() }),
  });
  return rows.map(({ kind }) => kind);
}
const total = async () => (await stack.api(`/v1/costs?from=${FROM}&to=${TO}`)).body.total;
const status = async () => (await stack.api(`/v1/integrations/${id}`)).body.status;
const soon = { timeout: 120_000, interval: 200 };

test('endpoints that keep failing with 500 do not delay the others', async () => {
  const others = datasets.filter((dataset) => !failing.includes(dataset));
  await expect.poll(() => datasetsRead(LOOKBACK_DAYS), soon).toEqual(['costs', ...others]);
  await expect.poll(() => namesReadSince(0), soon).toEqual(expect.arrayContaining(['project', 'user']));
  expect((await (await backfillOf(stack, id)).describe()).status.name).toBe('RUNNING');
  expect(await status()).toBe('connected');
});

test('they are read by the same sync as soon as they respond', async () => {
  stack.simulator.knobs.down = {};
  await expect.poll(() => datasetsRead(LOOKBACK_DAYS), soon).toEqual(['costs', ...datasets]);
  await stack.untilQuiet();
});

test('costs that are not found hold up neither usage nor names, and what was there of them stays', async () => {
  const before = await total();
  stack.simulator.restateRecent();
  stack.simulator.knobs.outage = true;
  const since = Date.now();
  const sync = await startScheduled(stack.temporal, { tenant_id: stack.tenantId, integration_id: id });
  // Today and the last week, once the wait for the costs is over.
  await expect.poll(() => datasetsRead(8, since), { timeout: 180_000, interval: 500 }).toEqual(datasets);
  await expect.poll(() => namesReadSince(since), soon).toEqual(expect.arrayContaining(['project', 'user']));
  expect(await datasetsRead(1, since)).not.toContain('costs');
  expect((await sync.describe()).status.name).toBe('RUNNING');
  expect([await total(), await status()]).toEqual([before, 'connected']);

  await sync.cancel();
  await stack.untilQuiet();
  expect(await status()).toBe('connected');
  stack.simulator.knobs.outage = false;
  await stack.syncDaily(id);
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
  await stack.untilQuiet();
});

test('a backfill that could read no costs leaves the integration backfilling; the next one connects it', async () => {
  const key = { tenant_id: stack.tenantId, integration_id: id };
  const before = await readIntegration(stack.warehouse, key);
  if (!before) throw new Error('not recorded');
  await stack.warehouse.command('lose', 'ALTER TABLE day_reads DELETE WHERE true');
  await writeIntegration(stack.warehouse, { ...before, status: 'backfilling' });
  const backfill = () =>
    stack.temporal.workflow.execute('backfill', {
      workflowId: backfillId(key, before),
      taskQueue: TASK_QUEUE,
      args: [key],
    });
  stack.simulator.knobs.down = { '/organization/costs': 400 };
  await expect(backfill()).rejects.toMatchObject({ cause: { type: 'days_missing' } });
  expect(await status()).toBe('backfilling');
  stack.simulator.knobs.down = {};
  await backfill();
  expect(await status()).toBe('connected');
});
