import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainSpend } from '#activities/alerts/explain-spend.ts';
import { type Bill, billOf } from '#bench/anomalies/bill.ts';
import { changesOf, seriesOf } from '#bench/anomalies/read-bill.ts';
import { withSpikes } from '#bench/anomalies/spikes.ts';
import { readCostChanges } from '#clickhouse/anomalies/read-changes.ts';
import { readCostSeries } from '#clickhouse/anomalies/read-costs.ts';
import { readKnown } from '#clickhouse/anomalies/read-known.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { formatExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { comparedWith, olderDays } from '#domain/anomalies/ranges.ts';
import { addDays, DAY_MS, dayAt, daysOf } from '#domain/day.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

const TODAY = '2026-06-10';
const RANGE = { from: addDays(TODAY, -70), to: TODAY };
const KEY = { tenant_id: 'one', integration_id: 'i' };

let database: Database;
let bill: Bill;
/** 70 days with leaps, credits, one-off charges and a fee that comes daily. */
beforeAll(async () => {
  database = await createDatabase();
  const usual = billOf('warehouse', 12, RANGE.from, RANGE.to);
  for (const [day, lines] of usual) {
    const fee = {
      project_id: '',
      api_key_id: '',
      model: '',
      line_item: 'daily fee',
      amount: 25n * 10n ** 39n,
      quantity: null,
    };
    usual.set(day, [...lines, fee]);
  }
  bill = withSpikes('warehouse', usual, addDays(RANGE.from, 20)).bill;
  await writeIntegration(database.warehouse, integration({ ...KEY, history_from: RANGE.from, history_to: RANGE.to }));
  const days = [...bill].map(([day, lines]) =>
    costDay(
      day,
      lines.map(({ amount, quantity, ...line }) =>
        costItem({ ...line, amount: formatExact(amount), quantity: quantity === null ? null : formatExact(quantity) }),
      ),
    ),
  );
  await writeCostDays(database.warehouse, { ...KEY, version: Date.parse(TODAY) + 1 }, days);
  const others = { ...KEY, integration_id: 'other', version: 1 };
  await writeCostDays(database.warehouse, others, [
    costDay(RANGE.from, [costItem({ model: 'other', amount: '9999' })]),
  ]);
});
afterAll(() => database.drop());

/** With the digits that the warehouse keeps. */
const rounded = (decimal: string) => Number(decimal).toFixed(9);

test('series are the recurring costs of each subject that matters', async () => {
  const { complete, series } = await readCostSeries(database.warehouse, KEY, { range: RANGE, minimum: '20', told: [] });
  expect([...complete].sort()).toEqual(daysOf(RANGE));
  // A day that was read before it ended is not known yet.
  const other = { ...KEY, integration_id: 'other' };
  expect(
    (await readCostSeries(database.warehouse, other, { range: RANGE, minimum: '20', told: [] })).complete.size,
  ).toBe(0);
  const plain = (all: typeof series) =>
    all
      .map(({ dimension, value, amounts }) => {
        const days = [...amounts].sort(([a], [b]) => (a < b ? -1 : 1));
        return [dimension, value, ...days.map(([day, amount]) => `${day} ${rounded(amount)}`)].join('\n');
      })
      .sort();
  const expected = seriesOf(bill).filter(({ amounts }) => Math.max(...[...amounts.values()].map(Number)) * 7 >= 20);
  expect(expected.map(({ value }) => value)).toContain('daily fee');
  expect(expected.some(({ value }) => value.startsWith('charge of'))).toBe(false);
  expect(plain(series)).toEqual(plain(expected));

  // What was told is there, however high the minimum is by now: it has not fallen below.
  const told = expected.filter(({ dimension }) => dimension === 'model').slice(0, 1);
  const question = { range: RANGE, minimum: '1000000', told: told.map((subject) => ({ subject })) };
  expect(plain((await readCostSeries(database.warehouse, KEY, question)).series)).toEqual(plain(told));
});

test('changes are what each line item of each key cost, beside the same weekdays before', async () => {
  const range = { from: addDays(TODAY, -3), to: addDays(TODAY, -2) };
  const question = { range, compared: comparedWith(range), knownFrom: addDays(range.from, -56) };
  const changes = await readCostChanges(database.warehouse, KEY.tenant_id, {
    ...question,
    filters: { integration_id: [KEY.integration_id] },
    isRecurring: true,
  });
  const plain = (all: typeof changes) =>
    all
      .map(({ amount, before, quantity, quantity_before, ...rest }) => {
        const numbers = [amount, before, quantity, quantity_before].map((each) => each && rounded(each));
        return JSON.stringify([rest.project_id, rest.api_key_id, rest.model, rest.line_item, rest.since, ...numbers]);
      })
      .sort();
  const expected = changesOf(bill, range).filter(({ amount, before }) => Number(amount) + Number(before) > 0);
  expect(expected.length).toBeGreaterThan(10);
  expect(plain(changes)).toEqual(plain(expected));
});

test('a week that costs more than the one before is not explained by what is older than both', async () => {
  const key = { tenant_id: 'weekly', integration_id: 'i' };
  const [previous, range] = [14, 7].map((ago) => ({ from: addDays(TODAY, -ago), to: addDays(TODAY, 7 - ago) }));
  if (!previous || !range) throw new Error('two weeks');
  const history = { history_from: addDays(TODAY, -40), history_to: TODAY };
  await writeIntegration(database.warehouse, integration({ ...key, ...history }));
  const days = daysOf({ from: history.history_from, to: TODAY }).map((day) => {
    const amount = day < range.from ? '100' : '200';
    return costDay(day, [costItem({ project_id: 'old', amount, quantity: amount })], amount);
  });
  await writeCostDays(database.warehouse, { ...key, version: Date.parse(TODAY) + 1 }, days);
  const week = { filters: {}, currency: 'usd', range, previous, days: daysOf(previous), before: 'the week before' };
  const { why, causes } = await explainSpend(database.warehouse, key.tenant_id, week);
  expect(why).toContain('What costs more than in the week before');
  expect(why).not.toContain('new');
  expect(causes).toMatchObject({
    compared_with: 'previous_period',
    reasons: [{ reason: 'quantity', change: expect.stringMatching(/^\d+$/) }],
    contributors: [{ project_id: 'old', before: '700' }],
  });
});

test('changed days are those that a sync lately found to differ, or could not read before', async () => {
  const now = Date.now();
  const key = { ...KEY, integration_id: 'changed' };
  const ago = (days: number) => dayAt(now - days * DAY_MS);
  const read = (amount: string, readAgo: number, ...daysAgo: number[]) =>
    writeCostDays(
      database.warehouse,
      { ...key, version: now - readAgo * DAY_MS },
      daysAgo.map((each) => costDay(ago(each), [costItem({ amount })])),
    );
  // What was over when it was connected, 20 days ago; of that, one day was restated today, and one ten days ago.
  await read('1', 20, 34, 33, 32, 21);
  await read('2', 10, 33);
  await read('2', 0, 32, 21);
  // One that was read again and is as it was; one that was read while it went on and then not for long, and one not at all.
  await read('1', 13, 15, 13);
  await read('1', 0, 15, 13, 12);
  // Lately ended days are judged anyway.
  await read('3', 0, 2);
  const { changed } = await readKnown(database.warehouse, key, { range: olderDays(ago(0)), endsAfter: ago(0) });
  expect(changed).toEqual([ago(32), ago(21), ago(13), ago(12)]);
});
