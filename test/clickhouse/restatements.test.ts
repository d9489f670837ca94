import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import { billed, type CostDay, costDay } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const DAY = '2026-01-01';
const hour = (hours: number) => Date.parse(DAY) + hours * 3_600_000;

/** Writes states of one day as reads that are an hour apart; the first began when the day had just ended. */
async function read(integration_id: string, ...states: (CostItem[] | Partial<CostDay>)[]): Promise<void> {
  for (const [index, state] of states.entries()) await readAt(integration_id, hour(24 + index), state);
}

async function readAt(integration_id: string, version: number, state: CostItem[] | Partial<CostDay>): Promise<void> {
  const day = Array.isArray(state) ? costDay(DAY, state) : { ...costDay(DAY, []), ...state };
  await writeCostDays(database.warehouse, { tenant_id: 't', integration_id, version }, [day]);
}

const restatements = (integration_id: string) =>
  database.warehouse.query({
    name: 'restatements',
    sql: `SELECT old_total, new_total, items_added, items_removed, items_changed, was_complete FROM restatements
          WHERE tenant_id = 't' AND integration_id = {integration_id: String} ORDER BY restated_at`,
    params: { integration_id },
    row: z.record(z.string(), z.union([z.string(), z.boolean()])).transform((row) => Object.values(row)),
  });
const revisions = async (integration_id: string) =>
  (
    await database.warehouse.query({
      name: 'revisions',
      sql: `SELECT total FROM revisions WHERE tenant_id = 't' AND integration_id = {integration_id: String}`,
      params: { integration_id },
      row: z.unknown(),
    })
  ).length;

test('a change after the 18th decimal counts as one changed fact, though rounding moves others', async () => {
  // Amounts are rounded so that their sum is right: when the first fact changes, the last digit of the second does, too.
  const second = billed('gpt-4o, output', '0.1000000000000000004');
  await read(
    'digits',
    [billed('gpt-4o, input', '0.1000000000000000004'), second],
    [billed('gpt-4o, input', '0.1000000000000000009'), second],
    [billed('gpt-4o, input', '0.1000000000000000008'), second],
  );
  const changes = await restatements('digits');
  expect(changes.map((change) => change.slice(2, 5))).toEqual([
    ['0', '0', '1'],
    ['0', '0', '1'],
  ]);
});

test('another spelling of the same number is no change', async () => {
  const spelled = (amount: string, quantity: string) => [
    billed('gpt-4o, input', '0.1', '100', 'tokens', { amount_verbatim: amount, quantity_verbatim: quantity }),
    billed('gpt-4o, output', '0', '0', 'tokens', { amount_verbatim: amount.startsWith('0') ? '0' : '-0.0' }),
  ];
  await read(
    'spelling',
    spelled('0.1', '100'),
    spelled('0.10', '100.0'),
    spelled('1e-1', '1E+2'),
    spelled('0.1', '1e2'),
  );
  expect(await revisions('spelling')).toBe(4);
  expect(await restatements('spelling')).toEqual([]);
});

test('a number is hashed by the spelling of older versions: an upgrade is no restatement', async () => {
  const spellingIn = async (migration: string) => {
    const sql = await readFile(new URL(`../../clickhouse/schema/migrations/${migration}`, import.meta.url), 'utf8');
    return /\(text\) -> (if\([\s\S]*\n {4}\)) AS number_in/.exec(sql)?.[1] ?? '';
  };
  const before = await spellingIn('018_cost_day_revisions_mv_grain.sql');
  const now = await spellingIn('041_cost_day_revisions_mv_numbers.sql');
  const plain = '0 -0 -0. -0.00 .0 .50 1. 100 -10 1.00 0.10 -0.10 1000.000100 +1.50'.split(' ');
  const rare = '1e5 1.50E-3 0E-6176 -0.0e0'.split(' ');
  const texts = [...plain, ...rare, '', ' 1.50 ', `${'9'.repeat(50)}.120`, `0.${'0'.repeat(60)}10`];
  const different = await database.warehouse.query({
    name: 'spellings that differ',
    sql: `SELECT text FROM (SELECT arrayJoin({texts: Array(String)}) AS text) WHERE ${before} != ${now}`,
    params: { texts },
    row: z.unknown(),
  });
  expect([before, now].map((sql) => sql.slice(0, 3))).toEqual(['if(', 'if(']);
  expect(different).toEqual([]);
});

test('facts that differ only in unknown fields are counted one by one', async () => {
  const twins = (...amounts: string[]) =>
    amounts.map((amount, index) => billed('gpt-4o, input', amount, null, '', { extra: `{"x":${index}}` }));
  await read('twins', twins('5', '5'), twins('5', '6'), twins('5', '6', '6'), twins('6'), twins('6', '6', '6'));
  expect(await restatements('twins')).toEqual([
    ['10', '11', '0', '0', '1', true],
    ['11', '17', '1', '0', '0', true],
    ['17', '6', '0', '2', '0', true],
    ['6', '18', '2', '0', '0', true],
  ]);
});

test('new names of a project or a user are no restatement', async () => {
  const named = (project_name: string, user_email: string) => [
    billed('gpt-4o, input', '5', '1', 'tokens', { project_id: 'p', project_name, user_id: 'u', user_email }),
  ];
  await read(
    'names',
    named('Shop', 'ada@acme.test'),
    named('Store', 'ada@acme.test'),
    named('Store', 'ada@acme.example'),
  );
  expect(await revisions('names')).toBe(3);
  expect(await restatements('names')).toEqual([]);
});

test('a coarser grain of the same total is no restatement; with another total it is', async () => {
  const keyed = (...amounts: string[]) =>
    amounts.map((amount, index) => billed('gpt-4o, input', amount, null, '', { api_key_id: `key_${index}` }));
  const coarse = (amount: string) => ({
    dropped_dimensions: ['api_key_id', 'user_id'],
    items: [billed('gpt-4o, input', amount)],
  });
  // The coarse read of the same total leaves the finer day.
  await read('grain', keyed('1', '2'), coarse('3'), coarse('4'), { items: keyed('4', '1', '-1') });
  expect(await restatements('grain')).toEqual([['3', '4', '1', '2', '0', true]]);
  // With the same grain, money that moved from one key to another is a restatement, though the total is the same.
  await read('moved', keyed('1', '2'), keyed('2', '1'));
  expect(await restatements('moved')).toEqual([['3', '3', '0', '0', '2', true]]);
});

test('a dimension that arrives, or is refused, is no restatement; a fact that moves between sources is one', async () => {
  const of = (api_source: string, amount: string) => billed('gpt-4o, input', amount, null, '', { api_source });
  await read(
    'sources',
    [billed('gpt-4o, input', '3')],
    [of('agents_api', '1'), of('unlabeled', '2')],
    { items: [billed('gpt-4o, input', '3')], dropped_dimensions: ['api_source'] },
    [of('unlabeled', '3')],
    [of('agents_api', '1'), of('unlabeled', '2')],
  );
  // The third is kept as the second was: it tells less of the same costs.
  expect((await restatements('sources')).map((change) => change.slice(2, 5))).toEqual([
    ['0', '1', '1'],
    ['1', '0', '1'],
  ]);
  await read('refused', [billed('gpt-4o, input', '3')], {
    items: [billed('gpt-4o, input', '3')],
    dropped_dimensions: ['api_source'],
  });
  expect(await restatements('refused')).toEqual([]);
  expect(await revisions('refused')).toBe(2);
});

test('a day that was read before its end, and again unchanged after it, was complete', async () => {
  await readAt('settled', hour(12), []);
  await readAt('settled', hour(30), []);
  await readAt('settled', hour(50), [billed('gpt-4o, input', '5')]);
  expect(await revisions('settled')).toBe(3);
  expect(await restatements('settled')).toEqual([['0', '5', '1', '0', '0', true]]);
  // Without the read in between, the day was still going on when it was last read.
  await readAt('went on', hour(12), []);
  await readAt('went on', hour(50), [billed('gpt-4o, input', '5')]);
  expect(await restatements('went on')).toEqual([['0', '5', '1', '0', '0', false]]);
});

test('compared with a state that an earlier version wrote, only another total is a restatement', async () => {
  const fine = (name: string, amount: string) => [billed('gpt-4o, input', amount, null, '', { project_name: name })];
  await read('upgrade', fine('Shop', '0.1000000000000000004'));
  await asWrittenBefore('upgrade');
  await readAt('upgrade', hour(30), fine('Store', '0.1000000000000000004'));
  await readAt('upgrade', hour(31), fine('Store', '0.2'));
  expect(await restatements('upgrade')).toEqual([['0.1', '0.2', '0', '0', '1', true]]);
});

/** Replaces an integration's revisions by those that the materialized view wrote before it hashed every digit. */
async function asWrittenBefore(integration_id: string): Promise<void> {
  const view = await readFile(
    new URL('../fixtures/schema-0.1.0/011_cost_day_revisions_mv.sql', import.meta.url),
    'utf8',
  );
  const [, select] = view.split('TO cost_day_revisions AS\n');
  await database.warehouse.command(
    'revisions as before',
    `INSERT INTO cost_day_revisions (tenant_id, integration_id, day, version, total, provider_total, items, item_keys, item_states)
     ${select} WHERE integration_id = '${integration_id}'`,
  );
}
