import type { Warehouse } from '../clickhouse/client.ts';
import { type CostDay, type CostItem, writeCostDays } from '../clickhouse/cost-days.ts';
import { writeIntegration } from '../clickhouse/integrations.ts';
import { writeNames } from '../clickhouse/names.ts';
import { type UsageItem, writeUsageDays } from '../clickhouse/usage-days.ts';
import { addDays } from '../openai/days.ts';
import { addDecimals } from '../openai/decimal.ts';
import { parseLineItem } from '../openai/line-item.ts';
import { costDay, costItem } from './cost-fixtures.ts';
import { TODAY } from './today.ts';

export const tenant_id = 'local';
const key = { tenant_id, integration_id: 'openai-sample' };
const DAYS = 100;

/**
 * A small organization whose last 100 days have one of everything: models with cached input, images, audio, a product
 * without a quantity, a credit, a cost without a line item, names and missing names, usage, and restated days.
 */
export async function writeSampleOrganization(warehouse: Warehouse): Promise<void> {
  const days = Array.from({ length: DAYS }, (_, ago) => addDays(TODAY, -ago));
  await writeIntegration(warehouse, {
    ...key,
    organization_id: 'org-sample',
    organization_name: 'Acme',
    status: 'connected',
    problem: '',
    credential_id: 'one',
    connected_at: '2026-01-01T00:00:00Z',
    history_from: days.at(-1) as string,
    history_to: addDays(TODAY, 1),
  });
  await writeNames(warehouse, { ...key, version: 1 }, [
    { kind: 'project', id: 'proj_shop', name: 'Shop', status: 'active' },
    { kind: 'api_key', id: 'key_shop', name: 'shop-production', project_id: 'proj_shop' },
    { kind: 'user', id: 'user_ada', name: 'Ada', email: 'ada@acme.test' },
  ]);
  const costs = days.map((day, index) => costDay(day, costsOf(DAYS - index)));
  await writeCostDays(warehouse, { ...key, version: Date.now() - 2 }, costs.map(withTotal));
  const usage = days.map((day, index) => ({ day, dropped_dimensions: [], items: [usageOf(DAYS - index)] }));
  await writeUsageDays(warehouse, { ...key, dataset: 'usage/completions', version: Date.now() - 2 }, usage);
  const restated = costs
    .slice(2, 5)
    .map((day) => ({ ...day, items: [...day.items, fact('web search tool calls', '0.5')] }));
  await writeCostDays(warehouse, { ...key, version: Date.now() - 1 }, restated.map(withTotal));
}

function costsOf(growth: number): CostItem[] {
  const shop = { project_id: 'proj_shop', api_key_id: 'key_shop', user_id: 'user_ada' };
  const lab = { project_id: 'proj_lab', project_name: 'Lab', api_key_id: 'key_unlisted' };
  return [
    fact('gpt-4o-2024-08-06, input', `${growth}.000000000000000001`, `${growth * 400_000}`, 'tokens', shop),
    fact('gpt-4o-2024-08-06, cached input', '0.5', '400000', 'tokens', shop),
    fact('gpt-4o-2024-08-06, output', '2.25', '225000', 'tokens', shop),
    fact('priority | gpt-5.6-sol, output, long context', '3', '100000', 'tokens', lab),
    fact('text-embedding-3-small, input', '0.02', '1', '1000_tokens', lab),
    fact('gpt-image-1 image, output', '0.4', '10', 'images', lab),
    fact('whisper-1, audio', '0.006', '60', 'duration_seconds', lab),
    fact('code interpreter', '0.03', '1', 'sessions', lab),
    fact('assistants api | vector store storage', '0.1', '1', 'gibibyte_hours', lab),
    fact('web search tool calls', '1', null, '', shop),
    fact('Something new, entirely', '0.07', '7', '', lab),
    fact('promotional credit', '-0.25'),
    fact('', '0.01'),
  ];
}

function fact(
  line_item: string,
  amount: string,
  quantity: string | null = null,
  quantity_unit = '',
  about: Partial<CostItem> = {},
): CostItem {
  return costItem({ line_item, ...parseLineItem(line_item), amount, quantity, quantity_unit, ...about });
}

function withTotal(day: CostDay): CostDay {
  return costDay(day.day, [...day.items], day.items.map((item) => item.amount).reduce(addDecimals, '0'));
}

function usageOf(growth: number): UsageItem {
  return {
    dimensions: {
      project_id: 'proj_shop',
      user_id: 'user_ada',
      api_key_id: 'key_shop',
      model: 'gpt-4o-2024-08-06',
      batch: 'false',
      service_tier: 'default',
      size: '',
      source: '',
      context_level: '',
      vector_store_id: '',
    },
    metrics: {
      input_tokens: `${growth * 400_000 + 400_000}`,
      input_uncached_tokens: `${growth * 400_000}`,
      input_cached_tokens: '400000',
      output_tokens: '225000',
      num_model_requests: `${growth}`,
    },
    extra: '',
  };
}
