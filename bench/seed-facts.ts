import type { Warehouse } from '#clickhouse/client/client.ts';

const DAYS = 365;
/** Facts of one organization on one day: 25 projects × 30 models × 4 token types. */
export const FACTS_A_DAY = 3_000;

// What a fact holds, by its number i within the day and the number of its day.
const cells = {
  project_id: `concat('proj_', toString(i % 25))`,
  project_name: `concat('Project ', toString(i % 25))`,
  api_key_id: `concat('key_', toString(intHash32(i) % 100))`,
  user_id: `concat('user-', toString(intHash32(i + 7) % 50))`,
  user_email: `concat('user', toString(intHash32(i + 7) % 50), '@example.com')`,
  line_item: `concat('model-', toString(intDiv(i, 25) % 30), ', ', ['input', 'cached input', 'cache write', 'output'][intDiv(i, 750) % 4 + 1])`,
  service: `'completions'`,
  model: `concat('model-', toString(intDiv(i, 25) % 30))`,
  token_type: `['input', 'cached_input', 'cache_write', 'output'][intDiv(i, 750) % 4 + 1]`,
  modality: `'text'`,
  service_tier: `['', 'batch', 'priority'][i % 3 + 1]`,
  surface: `''`,
  long_context: `false`,
  amount: `CAST(intHash64(i * 1000 + number) % 1000000000000000000, 'Decimal(38, 18)') / 1000000000000000`,
  amount_verbatim: `toString(intHash64(i * 1000 + number) % 1000000000000000000)`,
  currency: `'usd'`,
  quantity: `CAST(intHash32(i + number), 'Nullable(Decimal(38, 18))')`,
  quantity_verbatim: `toString(intHash32(i + number))`,
  quantity_unit: `'tokens'`,
  extra: `''`,
};

/** Writes a year of an invented organization, made where it is kept. @param from its first UTC day */
export async function seedFacts(warehouse: Warehouse, tenant_id: string, integration_id: string, from: string) {
  const columns = Object.entries(cells);
  await warehouse.command(
    'seed',
    `INSERT INTO cost_days (tenant_id, integration_id, day, version, ${columns.map(([name]) => `items.${name}`).join(', ')})
     SELECT {tenant_id: String}, {integration_id: String}, toDate({from: String}) + number, 1700000000000,
       ${columns.map(([, cell]) => `arrayMap(i -> ${cell}, range(${FACTS_A_DAY}))`).join(',\n       ')}
     FROM numbers(${DAYS})`,
    { tenant_id, integration_id, from },
  );
  await warehouse.command(
    'seed reads',
    `INSERT INTO day_reads (tenant_id, integration_id, dataset, day, version, items)
     SELECT {tenant_id: String}, {integration_id: String}, 'costs', toDate({from: String}) + number,
       1700000000000, ${FACTS_A_DAY} FROM numbers(${DAYS})`,
    { tenant_id, integration_id, from },
  );
}
