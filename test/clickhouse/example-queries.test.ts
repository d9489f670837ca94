import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { writeLimitDay } from '#clickhouse/writes/limit-days.ts';
import { readExampleQueries } from '#dev/generate/warehouse-docs/example-queries.ts';
import { daysOf } from '#domain/day.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
  await writeLimitDay(
    database.warehouse,
    { tenant_id, integration_id: 'openai-sample', version: 1 },
    { day: TODAY, is_readable: true, limits },
  );
  const everyDay = daysOf({ from: '2026-01-01', to: '2026-07-01' }).map((day) =>
    costDay(day, [costItem({ amount: '1' })]),
  );
  await writeCostDays(database.warehouse, { tenant_id: 'every day', integration_id: 'i', version: 1 }, everyDay);
});
afterAll(() => database.drop());

const monthly = { limit_id: '', project_id: '', currency: 'usd', interval: 'month', is_enforcing: false } as const;
const limits: SpendLimit[] = [
  { ...monthly, kind: 'hard_limit', amount: '100000' },
  { ...monthly, kind: 'alert', limit_id: 'alert_1', project_id: 'proj_shop', amount: '1' },
  { ...monthly, kind: 'alert', limit_id: 'alert_2', project_id: 'proj_without_costs', amount: '0' },
];

const text = z.string().min(1);
const date = z.iso.date();
const money = z.string().regex(/^-?\d+(\.\d{1,18})?$/);
const count = z.string().regex(/^\d+$/);

/** The shape of each query's rows, and the first row for the sample organization. */
const expected: Record<string, { row: z.ZodType; first: object }> = {
  '01-project-growth.sql': {
    row: z.strictObject({
      project_id: z.string(),
      project: z.string(),
      currency: text,
      last_month: money,
      the_month_before: money,
      growth: money,
    }),
    first: { project_id: 'proj_shop', project: 'Shop' },
  },
  '02-caching-saved.sql': {
    row: z.strictObject({
      model: text,
      currency: text,
      cached_tokens: money,
      paid: money,
      without_a_cache: money,
      saved: money,
    }),
    // Each day 400,000 cached tokens for $0.5 that would have been $1.
    first: {
      model: 'gpt-4o-2024-08-06',
      cached_tokens: '12400000',
      paid: '15.5',
      without_a_cache: '31',
      saved: '15.5',
    },
  },
  '03-changed-since-monday.sql': {
    row: z.strictObject({
      integration_id: text,
      day: date,
      restated_at: text,
      old_total: money,
      new_total: money,
      difference: money,
      items_added: count,
      items_removed: count,
      items_changed: count,
    }),
    first: { difference: '0.5', items_added: '1', items_removed: '0', items_changed: '0' },
  },
  '04-api-keys.sql': {
    row: z.strictObject({ api_key: text, currency: text, spend: money, last_used: date }),
    first: { api_key: 'shop-production' },
  },
  '05-users.sql': {
    row: z.strictObject({ user: text, currency: text, spend: money, top_models: z.array(z.string()) }),
    first: { user: 'Ada' },
  },
  '06-price-per-million-tokens.sql': {
    row: z.strictObject({
      model: text,
      token_type: text,
      modality: z.string(),
      service_tier: z.string(),
      qualifier: z.string(),
      currency: text,
      tokens: money,
      price_per_million: z.number(),
    }),
    first: { model: 'gpt-4o-2024-08-06', token_type: 'cached_input', price_per_million: 1.25 },
  },
  '07-anything-missing.sql': {
    row: z.strictObject({
      organization: text,
      dataset: text,
      missing_days: z.int(),
      partial_days: z.int(),
      empty_days: z.int(),
      complete_through: date.nullable(),
      last_synced_at: text.nullable(),
    }),
    // Nine endpoints were never read.
    first: { organization: 'Acme', dataset: 'usage/audio_speeches', missing_days: 99, complete_through: null },
  },
  '08-reconciliation.sql': {
    row: z.strictObject({
      month: date,
      currency: text,
      our_sum: money,
      their_sum: money,
      days_that_differ: count,
      largest_difference: money,
    }),
    first: { days_that_differ: '0', largest_difference: '0' },
  },
  '09-month-to-date.sql': {
    row: z.strictObject({
      model: z.string(),
      currency: text,
      month_to_date: money,
      last_month_to_date: money,
      whole_last_month: money,
    }),
    first: { model: 'gpt-4o-2024-08-06' },
  },
  '10-not-text.sql': {
    row: z.strictObject({
      month: date,
      currency: text,
      embeddings: money,
      audio: money,
      images: money,
      everything: money,
    }),
    first: {},
  },
  '11-as-of.sql': {
    row: z.strictObject({ integration_id: text, as_known_then: money, as_known_now: money, learned_since: money }),
    first: { as_known_then: '0' },
  },
  '12-images-and-audio.sql': {
    row: z.strictObject({
      model: text,
      currency: text,
      spend: money,
      image_count: money,
      per_image: z.number().nullable(),
      minutes: money,
      per_minute: z.number().nullable(),
      spoken: money,
      per_1000_characters: z.number().nullable(),
    }),
    first: { model: 'gpt-image-1', per_image: 0.04, per_minute: null, per_1000_characters: null },
  },
  '13-not-understood.sql': {
    row: z.strictObject({
      currency: text,
      line_item: z.string(),
      unknown: z.string(),
      is_classified: z.boolean(),
      first_day: date,
      last_day: date,
      amount: money,
    }),
    // $0.07 on each of a hundred days.
    first: {
      line_item: 'Something new, entirely',
      unknown: 'Something new, entirely',
      is_classified: false,
      amount: '7',
    },
  },
  '14-spend-limits.sql': {
    row: z.strictObject({
      kind: text,
      project_id: z.string(),
      currency: text,
      spend_limit: money,
      spent: money,
      percent_used: money.nullable(),
      is_enforcing: z.boolean(),
      last_read: date,
    }),
    // Each day of the month costs more than the alert of this project.
    first: { kind: 'alert', project_id: 'proj_shop', spend_limit: '1', last_read: TODAY },
  },
};

test.each(await readExampleQueries())('$title', async ({ file, sql }) => {
  const { row, first } = expected[file] ?? {};
  if (!row || !first) throw new Error(`Add the rows of ${file} to the list above.`);
  const rows = await database.warehouse.query({ name: file, sql, row });
  expect(rows[0]).toMatchObject(first);
});

test('what is spent of a limit is of all projects, of one, or 0', async () => {
  const query = (await readExampleQueries()).find(({ file }) => file === '14-spend-limits.sql');
  const rows = await database.warehouse.query({
    name: 'limits',
    sql: query?.sql ?? '',
    row: z.object({ project_id: z.string(), spent: z.string(), percent_used: z.string().nullable() }),
  });
  const [sums] = await database.warehouse.query({
    name: 'sums',
    sql: `SELECT sum(amount) AS everything, sumIf(amount, project_id = 'proj_shop') AS of_shop FROM costs
      WHERE tenant_id = 'local' AND day >= toStartOfMonth(now('UTC'))`,
    row: z.object({ everything: z.string(), of_shop: z.string() }),
  });
  const { everything = '', of_shop = '' } = sums ?? {};
  const percent = (spent: string, limit: number) => String(Math.trunc((Number(spent) * 1_000) / limit) / 10);
  expect(rows).toEqual([
    { project_id: 'proj_shop', spent: of_shop, percent_used: percent(of_shop, 1) },
    { project_id: '', spent: everything, percent_used: percent(everything, 100_000) },
    { project_id: 'proj_without_costs', spent: '0', percent_used: null },
  ]);
});

// On each day of a year 1 is spent. Of a shorter month, all days are compared.
test.each([
  ['2026-03-31', 30, 28, 28],
  ['2026-05-31', 30, 30, 30],
  ['2026-05-30', 29, 29, 30],
  ['2026-03-29', 28, 28, 28],
  ['2026-03-28', 27, 27, 28],
  ['2026-03-01', 0, 0, 28],
])('on %s the month to date is of %i days, and the same days of the last month are %i', async (today, ...days) => {
  const query = (await readExampleQueries()).find(({ file }) => file === '09-month-to-date.sql');
  const sql = query?.sql
    .replaceAll(`now('UTC')`, `toDateTime('${today} 12:00:00', 'UTC')`)
    .replaceAll(`'local'`, `'every day'`);
  const [row] = await database.warehouse.query({
    name: 'on a day',
    sql: sql ?? '',
    row: z.record(z.string(), z.string()),
  });
  const { month_to_date, last_month_to_date, whole_last_month } = row ?? {};
  expect([month_to_date, last_month_to_date, whole_last_month].map(Number)).toEqual(days);
});
