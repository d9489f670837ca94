import { cancellationSignal, log } from '@temporalio/activity';
import { writeCostDays } from '#clickhouse/writes/cost-days.ts';
import { dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Slice, SliceReport } from '#domain/slice.ts';
import { isUnderstood } from '#providers/openai/costs/line-item.ts';
import { failForUnreadable } from '#providers/reports/unreadable.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';
import { countSlice } from './count-slice.ts';
import { disagreeingDays, toCostDays } from './to-cost-days.ts';

export type CostsReport = SliceReport & {
  /** Line items with unknown words; those of no known shape are stored as `other`. */
  not_understood: number;
  /** Days that do not add up to OpenAI's own total, also after several reads. */
  disagreeing: number;
};

/**
 * OpenAI may settle a day between the read of its costs and that of its total. A difference that remains is stored,
 * shown, and read again daily.
 */
const MAXIMUM_READS = 3;

/** Reads a slice's days from OpenAI, with their ungrouped totals, and replaces the changed days by one insert. */
export async function syncCosts(
  dependencies: Dependencies,
  { slice, ...key }: IntegrationKey & { slice: Slice },
): Promise<CostsReport> {
  const { warehouse, openai } = dependencies;
  const { tenant_id, credential_id, organization_id } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const options = { signal: cancellationSignal() };
  const version = Date.now(); // before the read begins: of two attempts, the later read wins

  const read = async () => {
    const costs = await openai.costs(adminKey, { ...slice, organization_id }, options);
    const totals = costs.from < costs.to ? await openai.totals(adminKey, costs, options) : [];
    const days = toCostDays(costs, totals);
    return { costs, days, disagreeing: disagreeingDays(days, dayAt(version)) };
  };
  let { costs, days, disagreeing } = await read();
  for (let reads = 1; disagreeing.length > 0 && reads < MAXIMUM_READS; reads += 1) {
    log.warn('days differ from OpenAI’s own total: reading again', { days: disagreeing });
    ({ costs, days, disagreeing } = await read());
  }
  await connectedIntegration(dependencies, key);
  const changed = await writeCostDays(warehouse, { ...key, version }, days);

  const items = days.flatMap((day) => day.items);
  countSlice(slice.dataset, { facts: items.length, changed });
  const lineItems = new Set(items.map((item) => item.line_item));
  const unknown = new Set([...lineItems].filter((lineItem) => !isUnderstood(lineItem)));
  if (disagreeing.length > 0) log.error('stored days that differ from OpenAI’s own total', { days: disagreeing });
  if (unknown.size > 0) log.warn('line items not understood in full', { line_items: [...unknown] });
  const coarse = costs.days.filter(({ dropped }) => dropped.length > 0);
  if (coarse.length > 0) log.info('OpenAI refused dimensions', { dropped: coarse[0]?.dropped, days: coarse.length });
  if (costs.foreign.length > 0) log.error('left out rows of other organizations', { foreign: costs.foreign });
  if (costs.earliest) log.info('OpenAI keeps no older days', { earliest: costs.earliest });
  failForUnreadable(costs, '/organization/costs');
  return {
    days: days.length,
    facts: items.length,
    changed,
    not_understood: unknown.size,
    disagreeing: disagreeing.length,
    earliest: costs.earliest,
  };
}
