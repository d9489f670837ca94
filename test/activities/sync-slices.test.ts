import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { shareHeldDays } from '#activities/context/held-days.ts';
import { rememberSizes } from '#activities/context/window-sizes.ts';
import { syncSlices } from '#activities/sync/sync-slices.ts';
import { daysReadSince, daysToSync } from '#clickhouse/coverage/due-days.ts';
import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { markDisconnected, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { addDays, today } from '#domain/day.ts';
import type { Slice, SlicesReport } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { startOf } from '../support/requested-days.ts';

// A history that begins with the last day of the second of three slices.
const HISTORY_FROM = '2026-10-31';
const dataset = 'usage/completions';
const slices = [
  { dataset, from: '2026-11-01', to: '2026-11-23' },
  { dataset, from: '2026-10-01', to: '2026-11-01' },
  { dataset, from: '2026-09-01', to: '2026-10-01' },
] as const;

let database: Database;
let simulator: Simulator;
let openai: OpenAi;
let opener: Dependencies['opener'];
let key: { tenant_id: string; integration_id: string };
let tenants = 0;
const keys = generateKeyPair();
beforeAll(async () => {
  database = await createDatabase();
  simulator = await startSimulator({ today: '2026-11-23', factsPerDay: 3 });
  openai = createOpenAi({ baseUrl: simulator.url });
  opener = await createOpener([keys.privateKey]);
});
afterAll(async () => {
  await Promise.all([openai.close(), simulator.close()]);
  await database.drop();
});
beforeEach(async () => {
  tenants += 1;
  key = { tenant_id: `tenant-${tenants}`, integration_id: 'openai-1' };
  const { id: organization_id } = simulator.organization;
  const connected = integration({ ...key, organization_id, history_from: HISTORY_FROM });
  const credential = { tenant_id: key.tenant_id, credential_id: connected.credential_id };
  const sealer = await createSealer(keys.publicKey);
  await storeCredential(database.warehouse, credential, await sealer.seal(simulator.keys.admin, credential));
  await writeIntegration(database.warehouse, connected);
  simulator.requests.length = 0;
  simulator.knobs.down = {};
});

/** Runs the activity with a client of OpenAI. */
function run(
  mode: SyncMode,
  client = openai,
  read: readonly Slice[] = slices,
  { attempt = 1, sizes = rememberSizes() } = {},
) {
  const { warehouse } = database;
  // The activity uses no other dependency.
  const admit: Dependencies['admit'] = (_bytes, read) => read();
  const dependencies = { warehouse, opener, openai: client, admit, heldDays: shareHeldDays(), sizes } as Dependencies;
  return new MockActivityEnvironment({ attempt }).run(syncSlices, dependencies, { ...key, mode, slices: [...read] });
}
const fetched = () => simulator.requests.map(startOf);
const daysRead = async () => {
  const rows = await database.warehouse.query({
    name: 'days read',
    sql: 'SELECT toUInt32(count()) AS days FROM day_reads FINAL WHERE tenant_id = {tenant_id: String}',
    params: { tenant_id: key.tenant_id },
    row: z.object({ days: z.number() }),
  });
  return rows[0]?.days;
};

test('a backfill fetches no usage of days before the history', async () => {
  expect(await run('backfill')).toMatchObject({ days: 22 + 31 });
  expect(fetched()).toEqual(['2026-11-01', '2026-10-01']);
});

test('a range of older days is read in full', async () => {
  expect(await run('range')).toMatchObject({ days: 22 + 31 + 30 });
  expect(await daysRead()).toBe(22 + 31 + 30);
});

test('an attempt after one that was killed makes a new revision, although all days are stored', async () => {
  await run('range');
  const before = await readRevision(database.warehouse, key.tenant_id);
  simulator.requests.length = 0;
  expect(await run('range', openai, slices, { attempt: 2 })).toMatchObject({ days: 0 });
  expect(fetched()).toEqual([]);
  expect(await readRevision(database.warehouse, key.tenant_id)).not.toBe(before);
});

test('usage that the organization does not have is left out, and each slice tried once', async () => {
  simulator.knobs.down = { '/organization/usage/decisions': 404 };
  const decisions = slices.map((slice) => ({ ...slice, dataset: 'usage/decisions' as const }));
  expect(await run('range', openai, [...slices, ...decisions])).toMatchObject({ days: 22 + 31 + 30, failed: [] });
  expect(simulator.requests.filter(({ path }) => path.endsWith('/decisions')).length).toBeLessThanOrEqual(3);
});

test('disconnected while OpenAI responds, nothing is written', async () => {
  const usage: OpenAi['usage'] = (...request) =>
    openai.usage(...request).finally(() => markDisconnected(database.warehouse, key));
  await expect(run('backfill', { ...openai, usage })).rejects.toMatchObject({ type: 'integration_disconnected' });
  expect(await daysRead()).toBe(0);
});

test('days with facts that OpenAI leaves out without a word stay, and are not noted as read', async () => {
  await run('range');
  const before = await factsStored();
  const usage: OpenAi['usage'] = async (...request) => {
    const window = await openai.usage(...request);
    return { ...window, days: window.days.map((day) => ({ ...day, facts: [], isReported: false })) };
  };
  const since = Date.now();
  await run('range', { ...openai, usage });
  expect(await factsStored()).toBe(before);
  expect(before).toBeGreaterThan(0);
  const rows = await database.warehouse.query({
    name: 'days read again',
    sql: `SELECT toUInt32(countIf(items > 0)) AS days FROM day_reads FINAL
          WHERE tenant_id = {tenant_id: String} AND version >= {since: UInt64}`,
    params: { tenant_id: key.tenant_id, since },
    row: z.object({ days: z.number() }),
  });
  expect(rows).toEqual([{ days: 0 }]);
});

test('what OpenAI begins or ceases to tell between two syncs changes no sum, restates nothing, and takes nothing back', async () => {
  // The agents are not among the first few facts of a day.
  const agents = await startSimulator({ today: '2026-11-23', factsPerDay: 100 });
  const client = createOpenAi({ baseUrl: agents.url });
  const days = { from: '2026-11-10', to: '2026-11-16' };
  const read = (['costs', 'usage/decisions', 'usage/completions'] as const).map((dataset) => ({ dataset, ...days }));
  const tell = (apiSources: boolean) => {
    agents.knobs.apiSources = apiSources;
    agents.knobs.down = apiSources ? {} : { '/organization/usage/decisions': 404 };
  };
  const sync = async (apiSources: boolean) => {
    tell(apiSources);
    expect(await run('range', client, read)).toMatchObject({ failed: [] });
    return costsAndUsage();
  };
  const spent = agents.truth.total(days.from, days.to);
  const none = { total: spent, sources: [''], decisions: 0, restated: 0 };
  const all = { ...none, sources: ['agents_api', 'unlabeled'], decisions: expect.any(Number) };
  try {
    expect(await sync(false)).toEqual(none);
    const told = await sync(true);
    expect(told).toEqual(all);
    expect(told?.decisions).toBeGreaterThan(0);
    expect(await sync(false)).toEqual(told);
    expect(await sync(true)).toEqual(told);

    // What did change is of the grain that OpenAI has then, and the one restatement.
    tell(false);
    agents.restate('2026-11-12', { kind: 'remove', at: 0 });
    const restated = { total: agents.truth.total(days.from, days.to), restated: 1 };
    expect(restated.total).not.toBe(spent);
    expect(await sync(false)).toEqual({ ...told, ...restated, sources: ['', 'agents_api', 'unlabeled'] });
    expect(await sync(true)).toEqual({ ...told, ...restated });
  } finally {
    await Promise.all([client.close(), agents.close()]);
  }
});

test('of large newest days an outline is stored first; it is due, and then replaced', async () => {
  const to = today();
  const range = { from: addDays(to, -10), to };
  const large = await startSimulator({ today: to, factsPerDay: 100 });
  const client = createOpenAi({ baseUrl: large.url });
  const sizes = rememberSizes();
  sizes.note(key, { dataset: 'costs', ...range }, [3_400]);
  const due = async () => {
    const days = await daysToSync(database.warehouse, key, { datasets: ['costs'], ...range, rereadDays: 0 });
    return days.get('costs')?.length;
  };
  const done = async () => (await daysReadSince(database.warehouse, key, 0)).length;
  const state = async () => ({ ...(await outlined()), read: await daysRead(), done: await done(), due: await due() });
  const meanwhile: ReturnType<typeof state>[] = [];
  const costs: OpenAi['costs'] = async (adminKey, window, options) => {
    if (!window.isOutline && meanwhile.length === 0) meanwhile.push(state());
    await meanwhile[0];
    return client.costs(adminKey, window, options);
  };
  try {
    const read = [{ dataset: 'costs', ...range }] as const;
    const report = (await run('backfill', { ...client, costs }, read, { sizes })) as SlicesReport;
    const total = large.truth.total(range.from, range.to);
    const outline = await meanwhile[0];
    expect(outline).toEqual({ total, facts: expect.any(Number), keys: 0, restated: 0, read: 10, done: 0, due: 10 });
    const all = await state();
    expect(all).toEqual({ ...outline, facts: report.facts, keys: expect.any(Number), done: 10, due: 0 });
    expect(all.keys).toBeGreaterThan(1);
    expect(all.facts).toBeGreaterThan(outline?.facts ?? Infinity);
    expect(report.days).toBe(10);
  } finally {
    await Promise.all([client.close(), large.close()]);
  }
});

async function outlined() {
  const [row] = await database.warehouse.query({
    name: 'outline',
    sql: `SELECT toString(sum(amount)) AS total, toUInt32(count()) AS facts,
            toUInt32(uniqExactIf(api_key_id, api_key_id != '')) AS keys,
            (SELECT toUInt32(count()) FROM restatements WHERE tenant_id = {tenant_id: String}) AS restated
          FROM costs WHERE tenant_id = {tenant_id: String}`,
    params: { tenant_id: key.tenant_id },
    row: z.object({ total: z.string(), facts: z.number(), keys: z.number(), restated: z.number() }),
  });
  return row;
}

async function costsAndUsage() {
  const rows = await database.warehouse.query({
    name: 'costs and usage',
    sql: `SELECT
            toString(sum(amount)) AS total,
            arraySort(groupUniqArray(api_source)) AS sources,
            (SELECT toUInt32(count()) FROM usage
              WHERE tenant_id = {tenant_id: String} AND dataset = 'usage/decisions') AS decisions,
            (SELECT toUInt32(count()) FROM restatements WHERE tenant_id = {tenant_id: String}) AS restated
          FROM costs
          WHERE tenant_id = {tenant_id: String}`,
    params: { tenant_id: key.tenant_id },
    row: z.object({
      total: z.string(),
      sources: z.array(z.string()),
      decisions: z.number(),
      restated: z.number(),
    }),
  });
  return rows[0];
}

const factsStored = async () => {
  const rows = await database.warehouse.query({
    name: 'facts',
    sql: 'SELECT toUInt32(count()) AS facts FROM usage WHERE tenant_id = {tenant_id: String}',
    params: { tenant_id: key.tenant_id },
    row: z.object({ facts: z.number() }),
  });
  return rows[0]?.facts ?? 0;
};
