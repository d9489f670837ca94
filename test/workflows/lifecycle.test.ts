import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listWorkflowIds } from '#activities/context/list-workflow-ids.ts';
import { readSchema } from '#clickhouse/schema/files.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import { addDays } from '#domain/day.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** How far back OpenAI keeps days: it is not the year that matters here. */
const LOOKBACK_DAYS = 120;
const FROM = addDays(TODAY, -LOOKBACK_DAYS);
const TO = addDays(TODAY, 1);

let stack: Stack;
let stopWorker: () => Promise<void>;
let id: string;
beforeAll(async () => {
  stack = await startStack({
    withoutWorker: true,
    simulator: { factsPerDay: 20, knobs: { lookbackDays: LOOKBACK_DAYS } },
  });
  stopWorker = await stack.startWorker();
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(async () => {
  await stopWorker();
  await stack.stop();
});

const total = async () => (await stack.api(`/v1/costs?from=${FROM}&to=${TO}`)).body.total;
const rowsOf = async (table: string) => {
  const [row] = await stack.warehouse.query({
    name: 'rows',
    sql: `SELECT count() AS rows FROM ${table} FINAL`,
    row: z.object({ rows: z.coerce.number() }),
  });
  return row?.rows;
};

/** The latest day at least `ago` days back with spend, so not a holiday. */
function busyDay(ago: number) {
  const days = stack.simulator.truth.days(addDays(TODAY, -ago - 7), addDays(TODAY, 1 - ago));
  const busy = days.findLast(({ facts }) => facts.length > 1);
  if (!busy) throw new Error('the simulator has no facts');
  return busy;
}

test('a requested range is read again, however long ago it was read', async () => {
  const { day } = busyDay(98);
  stack.simulator.restate(day, { kind: 'clear' });
  expect(await total()).not.toBe(stack.simulator.truth.total(FROM, TO));
  const { status, body } = await stack.api(`/v1/integrations/${id}/syncs`, { from: day, to: addDays(day, 1) });
  expect([status, body.status_url]).toEqual([202, `/v1/integrations/${id}`]);
  await stack.untilQuiet();
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
});

test.each([
  [{ from: addDays(TODAY, -400), to: TODAY }, '/from', /within the last 365 days/],
  [{ from: TODAY, to: addDays(TODAY, 5) }, '/to', /future/],
  [{ from: TODAY, to: TODAY }, '/to', /half-open/],
  [{ from: TODAY }, '/to', /YYYY-MM-DD/],
])('a range like %o is refused by name', async (range, pointer, message) => {
  const { status, body } = await stack.api(`/v1/integrations/${id}/syncs`, range);
  expect([status, body.errors]).toEqual([400, [{ pointer, message: expect.stringMatching(message) }]]);
});

test('unchanged days are not written again, and every restatement is kept', async () => {
  const { day, facts } = busyDay(50);
  const [first, second] = facts;
  const before = await rowsOf('cost_day_revisions');
  const totalBefore = stack.simulator.truth.total(day, addDays(day, 1));
  stack.simulator.restate(day, { kind: 'set_amount', at: 0, amount: '1234.5' });
  stack.simulator.restate(day, { kind: 'remove', at: 1 });
  await stack.api(`/v1/integrations/${id}/syncs`, { from: addDays(TODAY, -60), to: addDays(TODAY, -40) });
  await stack.untilQuiet();
  expect(await rowsOf('cost_day_revisions')).toBe((before ?? 0) + 1);
  const rows = await stack.warehouse.query({
    name: 'restatements',
    sql: `SELECT toString(difference) AS difference, items_added, items_removed, items_changed, was_complete
          FROM restatements WHERE day = {day: Date}`,
    params: { day },
    row: z.object({
      difference: z.coerce.number(),
      items_added: z.coerce.number(),
      items_removed: z.coerce.number(),
      items_changed: z.coerce.number(),
      was_complete: z.boolean(),
    }),
  });
  // As of a time before the change, the day's total is the old one.
  const [asOf] = await stack.warehouse.query({
    name: 'as of',
    sql: `SELECT argMaxIf(total, revised_at, revised_at < max_at) AS old, argMax(total, revised_at) AS new
          FROM revisions CROSS JOIN (SELECT max(revised_at) AS max_at FROM revisions WHERE day = {day: Date}) AS latest
          WHERE day = {day: Date}`,
    params: { day },
    row: z.object({ old: z.string(), new: z.string() }),
  });
  expect(asOf).toEqual({ old: totalBefore, new: stack.simulator.truth.total(day, addDays(day, 1)) });

  const expected = 1234.5 - Number(first?.amount) - Number(second?.amount);
  expect(rows).toEqual([
    {
      difference: expect.closeTo(expected, 9),
      items_added: 0,
      items_removed: 1,
      items_changed: 1,
      was_complete: true,
    },
  ]);
});

test('another tenant’s integration cannot be synced or disconnected', async () => {
  for (const [path, method] of [
    ['/v1/integrations/openai-none/syncs', 'POST'],
    ['/v1/integrations/openai-none', 'DELETE'],
  ] as const) {
    const { status } = await stack.api(path, method === 'POST' ? { from: TODAY, to: TO } : undefined, method);
    expect(status).toBe(404);
  }
});

test('disconnected, the key is destroyed, nothing syncs any more, and the data stay', async () => {
  const before = await total();
  const { status, body } = await stack.api(`/v1/integrations/${id}`, undefined, 'DELETE');
  // On a busy machine it takes longer than the request.
  expect([status, body]).toMatchObject(
    status === 202 ? [202, { status: 'disconnecting' }] : [200, { id, status: 'disconnected' }],
  );
  await stack.untilQuiet();
  expect(await rowsOf('credentials')).toBe(0);
  const key = { tenant_id: stack.tenantId, integration_id: id };
  await expect(stack.temporal.schedule.getHandle(dailySyncId(key)).describe()).rejects.toThrow();
  expect(await total()).toBe(before);
  const again = await stack.api(`/v1/integrations/${id}/syncs`, { from: TODAY, to: TO });
  expect([again.status, again.body.code]).toEqual([409, 'action_required']);
});

test('connecting again continues the same integration', async () => {
  stack.simulator.restateRecent();
  expect(await stack.connect(stack.simulator.keys.admin)).toBe(id);
  await stack.untilQuiet();
  await stack.api(`/v1/integrations/${id}/syncs`, { from: addDays(TODAY, -10), to: TO });
  await stack.untilQuiet();
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
});

test('a purge in the middle of a sync leaves nothing to be read, though nothing is deleted yet', async () => {
  stack.simulator.knobs.latencyMs = 300;
  expect(await viewsWithRows()).toEqual(expect.arrayContaining(['costs', 'coverage', 'gaps', 'restatements', 'users']));
  await holdDeletions('STOP');
  await stack.api(`/v1/integrations/${id}/syncs`, { from: FROM, to: TO });
  expect(await stack.disconnect(id, '?purge=true')).toBe(200);
  await stack.untilQuiet();
  for (const table of [...INTEGRATION_TABLES, 'credentials']) expect([table, await rowsOf(table)]).toEqual([table, 0]);
  expect(await viewsWithRows()).toEqual([]);
  expect(await erasedDays()).toBeGreaterThan(LOOKBACK_DAYS);
  expect((await stack.api(`/v1/integrations/${id}`)).status).toBe(404);
});

test('connected again before anything is deleted, all days are read and stay', async () => {
  stack.simulator.knobs.latencyMs = 0;
  stack.simulator.restate(busyDay(98).day, { kind: 'set_amount', at: 0, amount: '77' });
  expect(await stack.connect(stack.simulator.keys.admin)).toBe(id);
  await stack.untilQuiet();
  const coverage = async () => (await stack.api(`/v1/integrations/${id}`)).body.coverage;
  const read = { total: stack.simulator.truth.total(FROM, TO), coverage: await coverage() };
  expect(read.coverage).toMatchObject({ missing_days: 0 });
  expect([await total(), await erasedDays()]).toEqual([read.total, expect.any(Number)]);
  expect(await erasedDays()).toBeGreaterThan(LOOKBACK_DAYS);

  await stopWorker();
  await holdDeletions('START');
  stopWorker = await stack.startWorker();
  const [sweep = ''] = await listWorkflowIds(stack.temporal, `WorkflowType = 'sweepPurged'`);
  const waits = async () => {
    const { events } = await stack.temporal.workflow.getHandle(sweep).fetchHistory();
    return events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
  };
  await expect.poll(waits).toBe(true);
  expect([await erasedDays(), await total(), await coverage()]).toEqual([0, read.total, read.coverage]);
});

const holdDeletions = async (what: 'STOP' | 'START') => {
  for (const table of INTEGRATION_TABLES) await stack.warehouse.command('hold', `SYSTEM ${what} MERGES ${table}`);
};

/** The rows of days that a purge has asked to be deleted, and that are on the disk. */
async function erasedDays(): Promise<number> {
  const rows = z.object({ rows: z.coerce.number() });
  const sql = 'SELECT count() AS rows FROM cost_days SETTINGS apply_mutations_on_fly =';
  const [onDisk, read] = await Promise.all(
    [0, 1].map((setting) => stack.warehouse.query({ name: 'rows', sql: `${sql} ${setting}`, row: rows })),
  );
  return (onDisk?.[0]?.rows ?? 0) - (read?.[0]?.rows ?? 0);
}

/** As someone reads them whose client has no setting of ours. */
async function viewsWithRows(): Promise<string[]> {
  const row = z.object({ name: z.string(), rows: z.coerce.number() });
  const views = (await readSchema()).flat().filter(({ kind }) => kind === 'view');
  const counts = views.map(({ name }) => `SELECT '${name}' AS name, count() AS rows FROM ${name}`);
  const sql = `SELECT * FROM (${counts.join(' UNION ALL ')}) SETTINGS apply_mutations_on_fly = 0`;
  const found = await stack.warehouse.query({ name: 'rows of views', sql, row });
  return found.flatMap(({ name, rows }) => (rows > 0 ? [name] : [])).sort();
}
