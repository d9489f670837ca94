import type { Warehouse } from '#clickhouse/client/client.ts';
import { type CostItem, toCostFacts, toCostRow } from '#clickhouse/day-rows/cost-days.ts';
import { toUsageRow } from '#clickhouse/day-rows/usage-days.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { writeDays } from '#clickhouse/writes/write-days.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import { parseLineItem } from '#providers/openai/costs/line-item.ts';

const shop = { project_id: 'proj_shop', api_key_id: 'key_shop', user_id: 'user_ada' };
const lab = { project_id: 'proj_lab', project_name: 'Lab', user_email: 'max@acme.test' };
type Billed = { line_item: string; amount: string; quantity?: string | null; unit?: string; about?: Partial<CostItem> };
const billed: Billed[] = [
  {
    line_item: 'gpt-4o-2024-08-06, input',
    amount: '2.500000000000000001',
    quantity: '1000000',
    unit: 'tokens',
    about: shop,
  },
  { line_item: 'gpt-4o-2024-08-06, cached input', amount: '0.5', quantity: '400000', unit: 'tokens', about: shop },
  {
    line_item: 'priority | gpt-5.6-sol, output, long context',
    amount: '3',
    quantity: '100000',
    unit: 'tokens',
    about: lab,
  },
  { line_item: 'text-embedding-3-small, input', amount: '0.02', quantity: '1', unit: '1000_tokens', about: lab },
  { line_item: 'gpt-image-1 image, output', amount: '0.4', quantity: '10', unit: 'images', about: lab },
  {
    line_item: 'assistants api | vector store storage',
    amount: '0.1',
    quantity: '1',
    unit: 'gibibyte_hours',
    about: lab,
  },
  { line_item: 'web search tool calls', amount: '1', about: shop },
  { line_item: 'Prepaid bundle', amount: '20' },
  { line_item: 'promotional credit', amount: '-0.25' },
  { line_item: 'Billing correction', amount: '-1' },
  { line_item: '', amount: '0.01', about: { extra: '{"new":1}' } },
];

/**
 * What the contract's values are of: days on which a price moves, one that is restated, one that does not add up, and usage that
 * the bill does not match. The hash of this goes into the contract, so a change of it is no change of a view.
 */
export const contractRows = {
  billed,
  prices: ['2.5', '2.5', '5', '5'],
  /** What the provider's totals have beyond the facts, day by day. */
  unexplained: ['0', '0', '0', '0.25'],
  restated: { line_item: 'web search tool calls', amount: '0.5' } as Billed,
  used: {
    input_tokens: '1400007',
    input_uncached_tokens: '1000007',
    input_cached_tokens: '400000',
    num_model_requests: '3',
  },
  limits: [
    {
      kind: 'hard_limit',
      limit_id: '',
      project_id: '',
      amount: '100',
      currency: 'usd',
      interval: 'month',
      is_enforcing: false,
    },
    {
      kind: 'alert',
      limit_id: 'alert_shop',
      project_id: 'proj_shop',
      amount: '40.5',
      currency: 'usd',
      interval: 'month',
      is_enforcing: true,
    },
  ],
};

const key = { tenant_id: 'contract', integration_id: 'openai-contract' };
const FIRST_READ = Date.parse('2026-03-06T01:00:00Z');

/** Writes the rows into a new database. Each time is given, so that no value depends on when this runs. */
export async function writeContractRows(warehouse: Warehouse): Promise<void> {
  await warehouse.insert('integration_records', [
    {
      ...key,
      version: FIRST_READ,
      organization_id: 'org-contract',
      organization_name: 'Acme',
      status: 'disconnected',
      connected_at: '2026-03-01 00:00:00',
      history_from: '2026-03-01',
      history_to: '2026-03-06',
    },
  ]);
  await warehouse.insert(
    'limit_days',
    ['2026-03-04', '2026-03-05'].map((day) => ({
      ...key,
      day,
      version: FIRST_READ,
      is_readable: true,
      ...Object.fromEntries(
        (['kind', 'limit_id', 'project_id', 'amount', 'currency', 'interval', 'is_enforcing'] as const).map((name) => [
          `limits.${name}`,
          contractRows.limits.map((limit) => limit[name]),
        ]),
      ),
    })),
  );
  await createNameWriter(warehouse, { ...key, version: 1 }).write([
    { kind: 'project', id: 'proj_shop', name: 'Shop', status: 'active' },
    { kind: 'api_key', id: 'key_shop', name: 'shop-production', project_id: 'proj_shop' },
    { kind: 'user', id: 'user_ada', name: 'Ada', email: 'ada@acme.test' },
  ]);
  const { prices, unexplained, restated, used } = contractRows;
  const days = prices.map((price, index) => ({
    day: `2026-03-0${index + 1}`,
    unexplained: unexplained[index] ?? '0',
    items: contractRows.billed.map((fact, place) => toItem(place === 0 ? { ...fact, amount: price } : fact)),
  }));
  const dimensions = { ...Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, ''])), ...shop };
  const usage = days.map(({ day }) =>
    toUsageRow('usage/completions', FIRST_READ, {
      day,
      dropped_dimensions: [],
      items: [{ dimensions: { ...dimensions, model: 'gpt-4o-2024-08-06' }, metrics: used, extra: '' }],
    }),
  );
  await writeDays(warehouse, key, [...days.map((day) => toDay(FIRST_READ, day)), ...usage]);
  const changed = days.slice(1, 2).map((day) => ({ ...day, items: [...day.items, toItem(restated)] }));
  await writeDays(
    warehouse,
    key,
    changed.map((day) => toDay(FIRST_READ + 86_400_000, day)),
  );
}

function toItem({ line_item, amount, quantity = null, unit = '', about = {} }: Billed): CostItem {
  return {
    project_id: '',
    project_name: '',
    api_key_id: '',
    api_source: '',
    user_id: '',
    user_email: '',
    line_item,
    ...parseLineItem(line_item),
    amount,
    amount_verbatim: amount,
    currency: 'usd',
    quantity,
    quantity_verbatim: quantity ?? '',
    quantity_unit: unit,
    extra: '',
    ...about,
  };
}

type Day = { day: string; items: CostItem[]; unexplained: string };
function toDay(version: number, { day, items, unexplained }: Day) {
  const provider_total = sumDecimals([...items.map(({ amount }) => amount), unexplained]);
  return toCostRow(version, {
    day,
    provider_total,
    provider_totals: { usd: provider_total },
    provider_total_verbatim: provider_total,
    dropped_dimensions: [],
    facts: toCostFacts(items),
  });
}
