import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import type { UsageItem } from '#clickhouse/day-rows/usage-days.ts';
import { addDays } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { usageItem } from '../fixtures/usage-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { checkFuzz } from './fuzz.ts';

// Days reach the warehouse as one block of columns: what was inserted is what is read, whatever it is.
let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const FIRST = '2026-01-01';
let written = 0;
const target = () => {
  written += 1;
  return { tenant_id: 't', integration_id: `i${written}`, version: 1 };
};

/** Texts of any characters; and the lengths at which a length takes another byte. */
const text = fc.oneof(
  fc.constantFrom('', '', 'a', 'b', "'", '"', '\\', '\n', '\0', 'é', '漢字', '😀'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(126, 127, 128, 300).map((length) => 'x'.repeat(length)),
  fc.constantFrom(63, 64, 127, 20_000).map((length) => 'é'.repeat(length)),
);
const number = fc.oneof(
  fc.constantFrom('0', '0', '1', '-1'),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), fc.constantFrom('', '.5', '.000000000000000001'))
    .map(([whole, fraction]) => `${whole}${fraction}`),
);

const costFact = fc
  .record({
    project_id: text,
    project_name: text,
    user_email: text,
    line_item: text,
    long_context: fc.boolean(),
    amount: number,
    amount_verbatim: text,
    quantity: fc.option(number),
    currency: fc.constantFrom('usd', 'eur'),
    extra: text,
  })
  .map((said) => costItem(said));

const usageFact = fc
  .tuple(
    fc.record({ project_id: text, model: text, batch: fc.constantFrom('', 'true') }),
    fc.dictionary(
      fc.constantFrom('input_tokens', 'images', 'seconds', 'new_one', 'a b', "it's", 'naïve', '漢'),
      number,
      { maxKeys: 4 },
    ),
    text,
  )
  .map(([about, metrics, extra]): UsageItem => ({ ...usageItem(about, metrics), extra }));

/** Some days have no fact; some columns are of few days. */
const daysOf = <Fact>(fact: fc.Arbitrary<Fact>) =>
  fc.array(fc.array(fact, { maxLength: 5 }), { minLength: 1, maxLength: 4 });

type Facts = readonly (readonly (string | null)[])[];
const inOrder = (facts: Facts) => facts.map((fact) => JSON.stringify(fact)).sort();

async function storedFacts(table: string, integration_id: string, columns: readonly string[]): Promise<Facts[]> {
  const facts = columns.map((column) => `arrayMap(each -> toString(each), ${column})`);
  const rows = await database.warehouse.query({
    name: 'facts of days',
    sql: `SELECT toInt32(day - toDate('${FIRST}')) AS day, [${facts.map((fact) => `arrayMap(each -> ifNull(each, '∅'), ${fact})`).join(', ')}] AS columns
          FROM ${table} FINAL WHERE integration_id = {integration_id: String} ORDER BY day`,
    params: { integration_id },
    row: z.object({ day: z.number(), columns: z.array(z.array(z.string())) }),
  });
  const days: Facts[] = [];
  for (const { day, columns: lists } of rows) {
    days[day] = (lists[0] ?? []).map((_, at) => lists.map((list) => list[at] ?? ''));
  }
  return days;
}

const TEXTS = ['project_id', 'project_name', 'user_email', 'line_item', 'amount_verbatim', 'extra'] as const;

async function expectStored(days: readonly CostItem[][]): Promise<void> {
  const key = target();
  await writeCostDays(
    database.warehouse,
    key,
    days.map((facts, at) => costDay(addDays(FIRST, at), facts)),
  );
  const columns = [...TEXTS, 'long_context', 'amount', 'quantity', 'currency'];
  const stored = await storedFacts(
    'cost_days',
    key.integration_id,
    columns.map((name) => `items.${name}`),
  );
  const sent = (fact: CostItem) => [
    ...TEXTS.map((name) => fact[name]),
    String(fact.long_context),
    fact.amount,
    fact.quantity ?? '∅',
    fact.currency,
  ];
  expect(stored.map(inOrder)).toEqual(days.map((facts) => inOrder(facts.map(sent))));
}

test('facts of costs are read as they were inserted', () => checkFuzz([daysOf(costFact)], expectStored, 60));

test('and those of a day with more texts than a byte counts, between others', () => {
  const many = Array.from({ length: 300 }, (_, at) => costItem({ project_id: `p${at}`, amount: String(at) }));
  return expectStored([[costItem({ project_id: 'p7' })], many, [costItem({ line_item: 'no project' })]]);
});

test('facts of usage are read as they were inserted', () =>
  checkFuzz(
    [daysOf(usageFact).map((days) => days.map((facts) => (facts.length > 0 ? facts : [usageItem({}, {})])))],
    async (days) => {
      const key = target();
      await writeUsageDays(
        database.warehouse,
        { ...key, dataset: 'usage/completions' },
        days.map((items, at) => ({ day: addDays(FIRST, at), dropped_dimensions: [], items })),
      );
      const known = ['input_tokens', 'images', 'seconds'];
      const columns = ['project_id', 'model', 'batch', ...known].map((name) => `items.${name}`);
      const others = `arrayMap(map -> arrayStringConcat(arraySort(mapKeys(map)), '|'), items.other_metrics)`;
      const sums = `arrayMap(map -> arraySum(mapValues(map)), items.other_metrics)`;
      const stored = await storedFacts('usage_days', key.integration_id, [...columns, 'items.extra', others, sums]);
      const sent = ({ dimensions, metrics, extra }: UsageItem) => {
        const other = Object.entries(metrics).filter(([name]) => !known.includes(name));
        return [
          ...[dimensions.project_id, dimensions.model, dimensions.batch],
          ...known.map((name) => metrics[name] ?? '0'),
          extra,
          other
            .map(([name]) => name)
            .sort()
            .join('|'),
          sumDecimals(other.map(([, sent]) => sent)),
        ].map(String);
      };
      expect(stored.map(inOrder)).toEqual(days.map((facts) => inOrder(facts.map(sent))));
    },
    60,
  ));

test.each([200, 300, 70_000])(
  'a day has %i projects, which are told apart by as many bytes as that takes',
  async (count) => {
    const key = target();
    const facts = Array.from({ length: count }, (_, at) => costItem({ project_id: `p${at}`, amount: String(at + 1) }));
    await writeCostDays(database.warehouse, key, [costDay(FIRST, []), costDay(addDays(FIRST, 1), facts)]);
    const [row] = await database.warehouse.query({
      name: 'projects and amounts',
      sql: `SELECT countIf(project_id = concat('p', toString(amount - 1)))::UInt32 AS right, count()::UInt32 AS all
          FROM (SELECT items.project_id AS project_ids, items.amount AS amounts FROM cost_days FINAL WHERE integration_id = {integration_id: String})
          ARRAY JOIN project_ids AS project_id, amounts AS amount`,
      params: { integration_id: key.integration_id },
      row: z.object({ right: z.number(), all: z.number() }),
    });
    expect(row).toEqual({ right: count, all: count });
  },
);
