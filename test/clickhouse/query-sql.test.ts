import { afterAll, beforeAll, expect, test } from 'vitest';
import { monthRanges } from '#api/routes/costs/month-ranges.ts';
import { type CostsQuestion, sumCosts } from '#clickhouse/aggregates/costs.ts';
import { listDimension } from '#clickhouse/aggregates/dimensions.ts';
import { sumUsage, type UsageQuestion } from '#clickhouse/aggregates/usage.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readDailyTotals } from '#clickhouse/summary/daily-totals.ts';
import { readSummary } from '#clickhouse/summary/read-summary.ts';
import { readTopMovers } from '#clickhouse/summary/top-movers.ts';
import { addDays } from '#domain/day.ts';
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

/**
 * The SQL of canonical queries, in files that show in a review what a change does to them. Each runs on the real engine
 * and has to find rows; what the rows say is tested with the API.
 */
let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
});
afterAll(() => database.drop());

const range = { from: addDays(TODAY, -60), to: addDays(TODAY, 1) };

const costs: CostsQuestion = {
  ...range,
  granularity: 'total',
  group_by: [],
  filters: {},
  order: { by: 'amount', descending: true },
  limit: 100,
  compare: false,
};
const usage: UsageQuestion = { ...costs, group_by: [], order: { by: 'input_tokens', descending: true } };

type Query = (warehouse: Warehouse) => Promise<readonly unknown[]>;
const sumOf = (question: Partial<CostsQuestion>) => async (warehouse: Warehouse) =>
  (await sumCosts(warehouse, tenant_id, { ...costs, ...question })).data;

const queries: Record<string, Query> = {
  'costs-by-day-and-model': sumOf({ granularity: 'day', group_by: ['model'] }),
  'costs-by-project-compared': sumOf({ group_by: ['project_id'], compare: true }),
  'costs-by-week-filtered': sumOf({
    granularity: 'week',
    filters: { project_id: ['proj_shop', ''], integration_id: ['openai-sample'] },
  }),
  'costs-next-page-by-key': sumOf({
    group_by: ['model', 'project_id'],
    order: { by: 'key', descending: false },
    after: { period: '1970-01-01', value: '0', keys: ['gpt-4o-2024-08-06', 'proj_shop'] },
  }),
  'costs-next-page-by-amount': sumOf({
    group_by: ['user_id'],
    after: { period: '1970-01-01', value: '1000000', keys: ['user_ada'] },
  }),
  'usage-by-month-and-model': async (warehouse) =>
    (await sumUsage(warehouse, tenant_id, { ...usage, granularity: 'month', group_by: ['model'] })).data,
  'dimension-values-with-search': async (warehouse) =>
    (
      await listDimension(warehouse, tenant_id, {
        ...range,
        name: 'project_id',
        search: 'SHOP',
        filters: {},
        limit: 10,
      })
    ).data,
  'daily-totals': (warehouse) => readDailyTotals(warehouse, tenant_id, { to: range.to, filters: {} }),
  'top-movers': (warehouse) =>
    readTopMovers(warehouse, tenant_id, {
      previous: { from: addDays(TODAY, -60), to: addDays(TODAY, -30) },
      current: { from: addDays(TODAY, -30), to: TODAY },
      filters: {},
    }),
  summary: async (warehouse) => [
    await readSummary(warehouse, tenant_id, {
      ...{ today: TODAY, filters: {}, exclude: [], pricedDays: 30 },
      monthsOf: (syncedThrough) => monthRanges(TODAY, syncedThrough),
    }),
  ],
  'summary-of-a-model': async (warehouse) => [
    await readSummary(warehouse, tenant_id, {
      ...{ today: TODAY, filters: { model: ['gpt-4o-2024-08-06'] }, pricedDays: 30 },
      exclude: ['top_movers', 'unit_costs', 'reconciliation'],
      monthsOf: (syncedThrough) => monthRanges(TODAY, syncedThrough),
    }),
  ],
};

test.each(Object.entries(queries))('%s', async (name, run) => {
  const sent: string[] = [];
  const recording: Warehouse = {
    ...database.warehouse,
    query(query) {
      // What a summary looks up before is a question of its own.
      if (query.name !== 'freshness') sent.push(query.sql);
      return database.warehouse.query(query);
    },
  };
  expect((await run(recording)).length).toBeGreaterThan(0);
  expect(sent).toHaveLength(1);
  await expect(`${sent[0]}\n`).toMatchFileSnapshot(`./sql/${name}.sql`);
});
