import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { type CostDay, writeCostDays } from '../clickhouse/cost-days.ts';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import type { CostFact, CostDay as ProviderDay } from '../openai/costs.ts';
import { parseLineItem } from '../openai/line-item.ts';
import type { DayTotal } from '../openai/totals.ts';
import { currentIntegration, type Dependencies, openKey } from './dependencies.ts';
import type { Slice } from './plan-sync.ts';

/** What a slice brought: counts, never rows. `earliest` is set where OpenAI refused days before it. */
export type SliceReport = { days: number; facts: number; not_understood: number; earliest?: string };

/** Reads a slice's days from OpenAI, with their ungrouped totals, and replaces them in the warehouse by one insert. */
export async function syncSlice(
  dependencies: Dependencies,
  { slice, ...key }: IntegrationKey & { slice: Slice },
): Promise<SliceReport> {
  const { warehouse, openai } = dependencies;
  const { tenant_id, credential_id } = await currentIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const options = { signal: cancellationSignal() };
  const version = Date.now(); // before the read begins: of two attempts, the later read wins

  const costs = await openai.costs(adminKey, slice, options);
  const totals =
    costs.days.length > 0 ? await openai.totals(adminKey, { from: costs.from, to: costs.to }, options) : [];
  const days = toCostDays(costs.days, totals, costs.dropped);
  await writeCostDays(warehouse, { ...key, version }, days);

  const items = days.flatMap((day) => day.items);
  const unknown = new Set(items.filter((item) => item.token_type === 'other').map((item) => item.line_item));
  if (unknown.size > 0) log.warn('line items not understood, kept as other', { line_items: [...unknown] });
  if (costs.dropped.length > 0) log.info('dimensions refused by OpenAI for this slice', { dropped: costs.dropped });
  if (costs.earliest)
    log.info('OpenAI keeps no older days', { earliest: costs.earliest, attempt: activityInfo().attempt });
  return {
    days: days.length,
    facts: items.length,
    not_understood: unknown.size,
    ...(costs.earliest && { earliest: costs.earliest }),
  };
}

function toCostDays(days: ProviderDay[], totals: DayTotal[], dropped: string[]): CostDay[] {
  const totalOf = new Map(totals.map((total) => [total.day, total]));
  return days.map(({ day, facts }) => ({
    day,
    provider_total: totalOf.get(day)?.amount ?? '0',
    provider_total_verbatim: totalOf.get(day)?.provider_amount ?? '',
    dropped_dimensions: dropped,
    items: facts.map(toItem),
  }));
}

function toItem(fact: CostFact) {
  const { organization_id: _id, organization_name: _name, provider_amount, provider_quantity, ...kept } = fact;
  return {
    ...kept,
    ...parseLineItem(fact.line_item),
    amount_verbatim: provider_amount,
    quantity_verbatim: provider_quantity,
  };
}
