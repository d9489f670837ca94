import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import { addDays } from '#domain/day.ts';
import { requestChange } from '#workflows/contract/commands.ts';
import { changeId, dailySyncId } from '#workflows/contract/ids.ts';
import { activate } from '#workflows/contract/messages.ts';
import { backfillOf } from '../support/backfill.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const TO = addDays(TODAY, 1);

// Two changes of one integration at a time, in every order that a caller can bring about: what is left is what one
// after the other would have left, never a mixture.
let stack: Stack;
let admin: string;
let second: string;
let id: string;
beforeAll(async () => {
  // A short history, one slice of each endpoint: it is not its length that matters here.
  stack = await startStack({ simulator: { factsPerDay: 3, knobs: { lookbackDays: 20 } } });
  ({ admin, second } = stack.simulator.keys);
  id = await stack.connect(admin);
  await stack.untilQuiet();
});
afterAll(async () => {
  await stack.untilQuiet();
  await stack.stop();
});
beforeEach(async () => {
  stack.simulator.knobs.latencyMs = 0;
  await disconnect('?purge=true');
});

const key = () => ({ tenant_id: stack.tenantId, integration_id: id });
const post = (admin_key: string) => stack.sendKey(admin_key);
/** Disconnects, however long it takes. */
async function disconnect(query = ''): Promise<number> {
  const { status } = await stack.api(`/v1/integrations/${id}${query}`, undefined, 'DELETE');
  if (status !== 202) return status;
  await until(async () => !(await isRunning(changeId(key()))), 'it is disconnected', 100);
  return 200;
}
const rowsOf = async (table: string) => {
  const sql = `SELECT count() AS rows FROM ${table} FINAL`;
  const [row] = await stack.warehouse.query({ name: 'rows', sql, row: z.object({ rows: z.coerce.number() }) });
  return row?.rows;
};
const scheduled = () =>
  stack.temporal.schedule
    .getHandle(dailySyncId(key()))
    .describe()
    .then(() => true)
    .catch(() => false);
const costsRead = () => stack.simulator.requests.filter(({ path }) => path.endsWith('/organization/costs')).length;
const isRunning = async (workflowId: string) => {
  const described = await stack.temporal.workflow.getHandle(workflowId).describe();
  return described.status.name === 'RUNNING';
};
/** Waits for a moment. Looked for often, it is met early, and costs the servers their time. */
const until = (condition: () => Promise<boolean> | boolean, what: string, interval = 10) =>
  vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`not yet: ${what}`);
    },
    { timeout: 200_000, interval },
  );

/** Connects, and comes back in the middle of a backfill that takes its time: several times the latency. */
async function inMidBackfill(latencyMs = 400) {
  stack.simulator.knobs.latencyMs = latencyMs;
  const before = costsRead(); // the key's check asks for them, too: twice, as the month is longer than the history
  const { status } = await post(admin);
  expect(status).toBe(201);
  await until(() => costsRead() > before + 3, 'the backfill reads');
}
/** So much that whatever happens to a backfill happens before it ends, on a busy machine, too. */
const LONG_MS = 2_000;

const statusOf = async () => (await readIntegration(stack.warehouse, key()))?.status;

async function expectNothing() {
  await stack.untilQuiet();
  for (const table of [...INTEGRATION_TABLES, 'credentials']) expect([table, await rowsOf(table)]).toEqual([table, 0]);
  expect(await scheduled()).toBe(false);
}

async function expectConnected() {
  stack.simulator.knobs.latencyMs = 0;
  const view = await stack.untilStatus(id, 'connected');
  expect(view).toMatchObject({ problem: null, coverage: { missing_days: 0 } });
  expect(await scheduled()).toBe(true);
  expect(await rowsOf('credentials')).toBe(1);
  const { from } = view.coverage as { from: string };
  expect((await stack.api(`/v1/costs?from=${from}&to=${TO}`)).body.total).toBe(stack.simulator.truth.total(from, TO));
}

type Moment = [string, () => Promise<boolean>];
const askedFor: Moment = ['once it is asked for', () => isRunning(changeId(key()))];
const recorded: Moment = [
  'once it is recorded',
  async () => !['backfilling', 'connected'].includes((await statusOf()) ?? ''),
];
const destroyed: Moment = ['once the key is destroyed', async () => (await rowsOf('credentials')) === 0];

test.each([
  ['', ...recorded],
  ['?purge=true', ...askedFor],
  ['?purge=true', ...recorded],
  ['?purge=true', ...destroyed],
])(
  'the same key, sent during DELETE%s %s, connects after it or is told to be sent again',
  async (query, when, moment) => {
    await inMidBackfill();
    const deleting = disconnect(query);
    await until(moment, when);
    const first = await post(admin);
    expect(await deleting).toBe(200);
    // Where it came before the disconnect's turn had destroyed it, that is said; sent again, it connects.
    if (first.status !== 201) {
      expect([first.status, first.body.code]).toEqual([409, 'credential_missing']);
      expect((await post(admin)).status).toBe(201);
    }
    await expectConnected();
  },
);

test('a disconnect while the key of a rotation is being checked: the later one to have its turn is the state', async () => {
  stack.simulator.knobs.latencyMs = 0;
  await stack.connect(admin);
  await stack.untilQuiet();
  stack.simulator.knobs.latencyMs = 1_000;
  const before = costsRead();
  const posting = post(second);
  await until(() => costsRead() > before, 'the key is being checked');
  expect(await disconnect()).toBe(200);
  expect(await posting).toMatchObject({ status: 201, body: { status: 'backfilling' } });
  await expectConnected();
});

test('the same key, destroyed by a disconnect while it is being checked, is not connected', async () => {
  await stack.connect(admin);
  await stack.untilQuiet();
  stack.simulator.knobs.latencyMs = 1_000;
  const before = costsRead();
  const posting = post(admin);
  await until(() => costsRead() > before, 'the key is being checked');
  expect(await disconnect()).toBe(200);
  const { status, body } = await posting;
  expect([status, body.code]).toEqual([409, 'credential_missing']);
  expect(body.detail).toMatch(/again/);
  await stack.untilQuiet();
  expect([await statusOf(), await scheduled(), await rowsOf('credentials')]).toEqual(['disconnected', false, 0]);
});

test.each([[['', '?purge=true']], [['?purge=true', '']], [['?purge=true', '?purge=true', '']]])(
  'of DELETEs %j at the same time nothing is left',
  async (queries) => {
    await inMidBackfill();
    const answers = await Promise.all(queries.map((query) => disconnect(query)));
    // One that waited behind a purge finds that it is gone.
    for (const status of answers) expect([200, 404]).toContain(status);
    await expectNothing();
  },
);

test('a disconnect at the instant of the answer stops a backfill that has only just begun', async () => {
  stack.simulator.knobs.latencyMs = 400;
  await post(admin);
  expect(await disconnect('?purge=true')).toBe(200);
  await expectNothing();
});

test('all at once, in any order: connected with all that belongs to it, or gone with all of it', async () => {
  stack.simulator.knobs.latencyMs = 50;
  await post(admin);
  await Promise.all([disconnect('?purge=true'), post(admin), disconnect(), post(second), disconnect('?purge=true')]);
  stack.simulator.knobs.latencyMs = 0;
  await stack.untilQuiet();
  const [record] = await stack.warehouse.query({
    name: 'record',
    sql: 'SELECT status, credential_id FROM integration_records FINAL',
    row: z.object({ status: z.string(), credential_id: z.string() }),
  });
  if (record?.status === 'connected') return expectConnected();
  expect([undefined, 'disconnected']).toContain(record?.status);
  expect([await scheduled(), await rowsOf('credentials')]).toEqual([false, 0]);
});

test('the same key again leaves its backfill alone; another key takes over from it', async () => {
  await inMidBackfill(LONG_MS);
  const first = await backfillOf(stack, id);
  const { runId } = await first.describe();
  expect((await post(admin)).status).toBe(201);
  expect(await (await backfillOf(stack, id)).describe()).toMatchObject({ runId, status: { name: 'RUNNING' } });

  expect(await post(second)).toMatchObject({ status: 201, body: { status: 'backfilling' } });
  expect(await isRunning(first.workflowId)).toBe(false);
  await expectConnected();
});

test('a key that was destroyed before its turn takes over nothing', async () => {
  await inMidBackfill(LONG_MS);
  const running = await backfillOf(stack, id);
  await requestChange(stack.temporal, key(), activate, {
    tenant_id: stack.tenantId,
    credential_id: 'destroyed',
    organization: stack.simulator.organization,
    today: TODAY,
    attempt_run_id: randomUUID(),
  });
  await until(async () => !(await isRunning(changeId(key()))), 'its turn is over', 100);
  expect((await running.describe()).status.name).toBe('RUNNING');
  await expectConnected();
});

test('a sync that somebody asks for during the backfill does not make it look connected', async () => {
  stack.simulator.knobs.latencyMs = 1_500; // the backfill cannot end before it is killed
  await post(admin);
  await (await backfillOf(stack, id)).terminate();
  stack.simulator.knobs.latencyMs = 0;
  const { body } = await stack.api(`/v1/integrations/${id}/syncs`, { from: addDays(TODAY, -2), to: TODAY });
  await stack.temporal.workflow.getHandle(String(body.workflow_id)).result();
  expect(await statusOf()).toBe('backfilling');
  // Nothing is stuck: the key is sent again.
  await post(admin);
  await expectConnected();
});

test('an integration whose key is not there says so, pauses, and goes on with the next key', async () => {
  await stack.connect(admin);
  await stack.untilQuiet();
  await stack.warehouse.command('lose the key', 'ALTER TABLE credentials DELETE WHERE true');
  await stack.api(`/v1/integrations/${id}/syncs`, { from: addDays(TODAY, -2), to: TODAY });
  const view = await stack.untilStatus(id, 'action_required');
  expect(view).toMatchObject({ problem: { code: 'credential_missing' }, next_sync_at: null });
  await stack.untilQuiet();
  expect((await post(admin)).status).toBe(201);
  await expectConnected();
  expect((await stack.api(`/v1/integrations/${id}`)).body.next_sync_at).not.toBeNull();
});
