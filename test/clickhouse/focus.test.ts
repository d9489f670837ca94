import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

/**
 * FOCUS 1.4, dataset Cost and Usage: the mandatory columns, and those that a bill like OpenAI's can fill.
 * `values` are the allowed values of a closed list; `rules` are SQL conditions that must hold in every row.
 */
type Column = { type: 'Decimal' | 'String' | 'Date/Time'; nullable?: true; values?: string[]; rules?: string[] };

const notCorrection = `ChargeClass IS NULL`;
const chargedBy = (column: string) => [
  `SkuPriceId IS NOT NULL OR ${column} IS NULL`,
  `ChargeCategory != 'Tax' OR ${column} IS NULL`,
  `NOT (ChargeCategory IN ('Usage', 'Purchase') AND ${notCorrection}) OR ${column} IS NOT NULL`,
];
const sku = (column: string) => chargedBy(column).slice(1);
const togetherWith = (column: string, other: string) => `(${column} IS NULL) = (${other} IS NULL)`;
const defaultsTo = (column: string, other: string) =>
  `ChargeCategory NOT IN ('Usage', 'Purchase', 'Credit') OR ${column} = ${other}`;
const unitFormat = `match(assumeNotNull({}), '^(\\\\d+ )?([A-Z][A-Za-z]*( [A-Z][A-Za-z]*)*)(-[A-Z][a-z]+s)?$')`;
const midnight = (column: string) => `${column} = toStartOfDay(${column}, 'UTC')`;

const columns: Record<string, Column> = {
  BilledCost: { type: 'Decimal' },
  BillingAccountId: { type: 'String' },
  BillingAccountName: { type: 'String', nullable: true },
  BillingAccountType: { type: 'String', values: ['Organization'] },
  BillingCurrency: { type: 'String', rules: [`match(BillingCurrency, '^[A-Z]{3}$')`] },
  BillingPeriodEnd: { type: 'Date/Time', rules: ['BillingPeriodEnd = BillingPeriodStart + INTERVAL 1 MONTH'] },
  BillingPeriodStart: {
    type: 'Date/Time',
    rules: [
      'toDayOfMonth(BillingPeriodStart) = 1',
      midnight('BillingPeriodStart'),
      'BillingPeriodStart <= ChargePeriodStart AND ChargePeriodEnd <= BillingPeriodEnd',
    ],
  },
  ChargeCategory: { type: 'String', values: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] },
  ChargeClass: { type: 'String', nullable: true, values: ['Correction'] },
  ChargeDescription: { type: 'String', nullable: true },
  ChargeFrequency: {
    type: 'String',
    values: ['One-Time', 'Recurring', 'Usage-Based'],
    rules: [`ChargeCategory != 'Purchase' OR ChargeFrequency != 'Usage-Based'`],
  },
  ChargePeriodEnd: { type: 'Date/Time', rules: ['ChargePeriodEnd = ChargePeriodStart + INTERVAL 1 DAY'] },
  ChargePeriodStart: { type: 'Date/Time', rules: [midnight('ChargePeriodStart')] },
  ConsumedQuantity: {
    type: 'Decimal',
    nullable: true,
    rules: [
      'SkuPriceId IS NOT NULL OR ConsumedQuantity IS NULL',
      `ChargeCategory = 'Usage' OR ConsumedQuantity IS NULL`,
      `NOT (ChargeCategory = 'Usage' AND ${notCorrection}) OR ConsumedQuantity IS NOT NULL`,
    ],
  },
  ConsumedUnit: {
    type: 'String',
    nullable: true,
    rules: [
      togetherWith('ConsumedUnit', 'ConsumedQuantity'),
      `ConsumedUnit IS NULL OR ${unitFormat.replace('{}', 'ConsumedUnit')}`,
    ],
  },
  ContractedCost: { type: 'Decimal', rules: [defaultsTo('ContractedCost', 'ListCost')] },
  EffectiveCost: { type: 'Decimal', rules: [defaultsTo('EffectiveCost', 'BilledCost')] },
  HostProviderName: { type: 'String' },
  InvoiceDetailId: { type: 'String', nullable: true, rules: ['InvoiceId IS NOT NULL OR InvoiceDetailId IS NULL'] },
  InvoiceId: { type: 'String', nullable: true },
  InvoiceIssuerName: { type: 'String' },
  ListCost: { type: 'Decimal' },
  PricingCategory: {
    type: 'String',
    nullable: true,
    values: ['Standard', 'Dynamic', 'Committed', 'Other'],
    rules: chargedBy('PricingCategory'),
  },
  PricingQuantity: { type: 'Decimal', nullable: true, rules: chargedBy('PricingQuantity') },
  PricingUnit: {
    type: 'String',
    nullable: true,
    rules: [
      togetherWith('PricingUnit', 'PricingQuantity'),
      `PricingUnit IS NULL OR ${unitFormat.replace('{}', 'PricingUnit')}`,
    ],
  },
  ServiceCategory: { type: 'String', values: ['AI and Machine Learning'] },
  ServiceName: { type: 'String' },
  ServiceProviderName: { type: 'String' },
  ServiceSubcategory: {
    type: 'String',
    // Those whose parent is AI and Machine Learning.
    values: [
      'AI Platforms',
      'Bots',
      'Generative AI',
      'Machine Learning',
      'Natural Language Processing',
      'Other (AI and Machine Learning)',
    ],
  },
  SkuId: { type: 'String', nullable: true, rules: sku('SkuId') },
  SkuMeter: { type: 'String', nullable: true, rules: [togetherWith('SkuMeter', 'SkuId')] },
  SkuPriceDetails: {
    type: 'String',
    nullable: true,
    rules: [
      'SkuPriceId IS NOT NULL OR SkuPriceDetails IS NULL',
      'SkuPriceDetails IS NULL OR isValidJSON(assumeNotNull(SkuPriceDetails))',
      `arrayAll(key -> startsWith(key, 'x_'), JSONExtractKeys(ifNull(SkuPriceDetails, '{}')))`,
    ],
  },
  SkuPriceId: { type: 'String', nullable: true, rules: sku('SkuPriceId') },
  SubAccountId: { type: 'String', nullable: true },
  SubAccountName: { type: 'String', nullable: true, rules: ['SubAccountId IS NOT NULL OR SubAccountName IS NULL'] },
  SubAccountType: { type: 'String', nullable: true, rules: [togetherWith('SubAccountType', 'SubAccountId')] },
};

function rulesOf(name: string, { type, values, rules = [] }: Column): string[] {
  const listed = values?.map((value) => `'${value}'`).join(', ');
  return [
    ...(type === 'String' ? [`ifNull(${name} != '', true)`] : []),
    ...(listed ? [`ifNull(${name} IN (${listed}), true)`] : []),
    ...rules,
  ];
}

const inProject = { project_id: 'proj_1' };
/** What the bill may say beside usage, and what it is. */
const oddCharges: { item: CostItem; is: [category: string, chargeClass: string | null] }[] = [
  { item: billed('gpt-5, input', '-3', '-1000', 'tokens', inProject), is: ['Usage', null] },
  { item: billed('gpt-5, input', '-3', null, '', inProject), is: ['Usage', null] },
  { item: billed('web search tool calls', '-1'), is: ['Usage', null] },
  { item: billed('credit adjustment', '-5000'), is: ['Credit', 'Correction'] },
  { item: billed('Free tier grant', '-5', '100', 'tokens'), is: ['Credit', null] },
  { item: billed('Promotional discount', '-5', null, '', inProject), is: ['Credit', null] },
  { item: billed('Billing correction March', '-5'), is: ['Adjustment', 'Correction'] },
  { item: billed('Billing correction April', '7'), is: ['Adjustment', 'Correction'] },
  { item: billed('Refund', '-5'), is: ['Adjustment', null] },
  { item: billed('Something new, entirely', '-5'), is: ['Adjustment', null] },
  { item: billed('', '-5'), is: ['Adjustment', null] },
  { item: billed('Prepaid bundle', '20000'), is: ['Purchase', null] },
  { item: billed('Prepaid credits', '500'), is: ['Purchase', null] },
  { item: billed('scale tier | gpt-5', '30000'), is: ['Purchase', null] },
  { item: billed('gpt-5, scale tier', '30000'), is: ['Purchase', null] },
  // Neither a lump nor without a project.
  { item: billed('scale tier | gpt-5, input', '3', '1000', 'tokens', inProject), is: ['Usage', null] },
  { item: billed('Prepaid bundle', '2', null, '', inProject), is: ['Usage', null] },
];

const plainType = (type: string) => type.replace(/LowCardinality\(|Nullable\(|\)+$/g, '').replace(/\(.*/, '');
const focusTypes: Record<string, Column['type']> = { Decimal: 'Decimal', String: 'String', DateTime: 'Date/Time' };

let database: Database;
let described: { name: string; type: string }[];
let broken: { about: string; rule: string }[];
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
  const odd = { tenant_id: 'odd', integration_id: 'i', version: 1 };
  await writeCostDays(database.warehouse, odd, [
    costDay(
      '2026-01-01',
      oddCharges.map(({ item }) => item),
    ),
  ]);
  described = await database.warehouse.query({
    name: 'columns of focus',
    sql: `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'focus' ORDER BY position`,
    row: z.object({ name: z.string(), type: z.string() }),
  });
  // Counts in one scan, for every rule of every column, the rows that break it.
  const rules = Object.entries(columns).flatMap(([about, column]) =>
    rulesOf(about, column).map((rule) => ({ about, rule })),
  );
  const [counts] = await query(
    `SELECT array(${rules.map(({ rule }) => `countIf(NOT (${rule}))`).join(', ')}) AS broken FROM focus`,
    z.object({ broken: z.array(z.string()) }),
  );
  broken = rules.filter((_, index) => counts?.broken[index] !== '0');
});
afterAll(() => database.drop());

const query = <T extends z.ZodType>(sql: string, row: T) => database.warehouse.query({ name: 'focus', sql, row });

test('the columns are those of FOCUS in alphabetical order, then ours with the prefix x_', () => {
  const names = described.map(({ name }) => name);
  const ours = names.filter((name) => name.startsWith('x_'));
  expect(names).toEqual([...Object.keys(columns), ...ours]);
});

test('focus_1_2 has the same rows in the columns of FOCUS 1.2, in alphabetical order', async () => {
  const later = ['HostProviderName', 'InvoiceDetailId', 'ServiceProviderName'];
  const before = [
    ...Object.keys(columns).filter((name) => !later.includes(name)),
    'ProviderName',
    'PublisherName',
  ].sort();
  const ours = described.map(({ name }) => name).filter((name) => name.startsWith('x_'));
  const rows = await query(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'focus_1_2' ORDER BY position`,
    z.object({ name: z.string() }),
  );
  expect(rows.map(({ name }) => name)).toEqual([...before, ...ours]);
  const [compared] = await query(
    `SELECT (SELECT count() FROM focus) AS rows, (SELECT count() FROM focus_1_2) AS rows_1_2,
       (SELECT count() FROM (SELECT * EXCEPT (${later.join(', ')}) FROM focus
          EXCEPT SELECT * EXCEPT (ProviderName, PublisherName) FROM focus_1_2)) AS other,
       (SELECT groupUniqArray((ProviderName, PublisherName)) FROM focus_1_2) AS names`,
    z.looseObject({ rows: z.string(), rows_1_2: z.string() }),
  );
  expect(compared).toMatchObject({ rows_1_2: compared?.rows, other: '0', names: [['OpenAI', 'OpenAI']] });
});

test.each(Object.entries(columns))(
  '%s has its type and nullability, and obeys its rules in every row',
  (name, column) => {
    const actual = described.find((each) => each.name === name)?.type ?? '';
    expect(focusTypes[plainType(actual)]).toBe(column.type);
    expect(actual.includes('Nullable')).toBe(column.nullable ?? false);
    expect(broken.filter(({ about }) => about === name)).toEqual([]);
  },
);

test('the data has every kind of charge, so every rule is exercised', async () => {
  const rows = await query(
    `SELECT ChargeCategory AS category, SkuMeter AS meter, ConsumedUnit AS unit FROM focus
     WHERE x_TenantId = 'local' GROUP BY ALL ORDER BY ALL`,
    z.object({ category: z.string(), meter: z.string().nullable(), unit: z.string().nullable() }),
  );
  expect(rows.map(({ category, meter, unit }) => [category, meter, unit])).toEqual([
    ['Adjustment', null, null],
    ['Credit', 'Charges', null],
    ['Usage', 'Cached Input Tokens', 'Tokens'],
    ['Usage', 'Charges', 'Charges'],
    ['Usage', 'GiB-Hours', 'GiB-Hours'],
    ['Usage', 'Images', 'Images'],
    ['Usage', 'Input Tokens', '1000 Tokens'],
    ['Usage', 'Input Tokens', 'Tokens'],
    ['Usage', 'Output Tokens', 'Tokens'],
    ['Usage', 'Seconds', 'Seconds'],
    ['Usage', 'Sessions', 'Sessions'],
    ['Usage', 'Units', 'Units'],
  ]);
});

test('a charge is what its line item says', async () => {
  const rows = await query(
    `SELECT x_LineItem, BilledCost, ChargeCategory, ChargeClass, ChargeFrequency FROM focus WHERE x_TenantId = 'odd'`,
    z.record(z.string(), z.string().nullable()),
  );
  const told = rows.map((row) => [row.x_LineItem ?? '', row.BilledCost, row.ChargeCategory, row.ChargeClass]);
  const expected = oddCharges.map(({ item, is }) => [item.line_item, item.amount, ...is]);
  expect(told.sort()).toEqual(expected.sort());
});

test('a unit other than tokens makes a meter and a SKU of its own', async () => {
  const rows = await query(
    `SELECT DISTINCT SkuMeter, SkuId, SkuPriceId FROM focus WHERE x_LineItem = 'gpt-image-1 image, output'`,
    z.record(z.string(), z.string()),
  );
  expect(rows).toEqual([
    {
      SkuMeter: 'Images',
      SkuId: 'images/gpt-image-1/image/output/images',
      SkuPriceId: 'gpt-image-1 image, output / images',
    },
  ]);
});

test('a SKU price belongs to one SKU, and a service to one category', async () => {
  const [row] = await query(
    `SELECT (SELECT max(skus) FROM (SELECT uniqExact(SkuId) AS skus FROM focus GROUP BY SkuPriceId)) AS skus,
       (SELECT max(categories) FROM (SELECT uniqExact(ServiceCategory) AS categories FROM focus GROUP BY ServiceName))
         AS categories`,
    z.object({ skus: z.coerce.number(), categories: z.coerce.number() }),
  );
  expect(row).toEqual({ skus: 1, categories: 1 });
});

test('costs add up to the sum of the view costs, to the last digit', async () => {
  const [row] = await query(
    `SELECT (SELECT sum(amount) FROM costs) AS amount, sum(BilledCost) AS billed, sum(EffectiveCost) AS effective,
       sum(ListCost) AS list, sum(ContractedCost) AS contracted, count() AS rows, (SELECT count() FROM costs) AS facts
     FROM focus`,
    z.record(z.string(), z.string()),
  );
  const { amount = '', rows, facts, ...sums } = row ?? {};
  expect(amount).toMatch(/\.\d*1\d*$/);
  expect(Object.values(sums)).toEqual([amount, amount, amount, amount]);
  expect(rows).toBe(facts);
});

test('a query for some days of a tenant reads only those days', async () => {
  const explained = await query(
    `EXPLAIN indexes = 1 SELECT sum(BilledCost) FROM focus
     WHERE x_TenantId = 'nobody' AND ChargePeriodStart >= '2020-01-01' AND ChargePeriodStart < '2020-02-01'`,
    z.object({ explain: z.string() }),
  );
  const lines = explained.map(({ explain }) => explain);
  const reads = lines.slice(lines.findIndex((line) => line.includes('cost_days)')));
  const ofDays = reads.find((line) => line.includes('Condition:') && line.includes('(CAST(day, '));
  expect(ofDays).toContain('(tenant_id in ');
});
