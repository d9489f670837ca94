import { log, sleep } from '@temporalio/activity';
import { toCostRow } from '#clickhouse/day-rows/cost-days.ts';
import type { DayRow } from '#clickhouse/day-rows/day-row.ts';
import { wordsOf } from '#clickhouse/day-rows/item-column.ts';
import { toUsageRow } from '#clickhouse/day-rows/usage-days.ts';
import { endpointOf, type UsageDataset } from '#domain/dataset.ts';
import { type Day, type DayRange, dayAt } from '#domain/day.ts';
import type { Slice } from '#domain/slice.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { Region } from '#providers/http/region.ts';
import type { OpenAi } from '#providers/openai/client.ts';
import { isUnderstood } from '#providers/openai/costs/line-item.ts';
import { unreadable } from '#providers/reports/query/unreadable.ts';
import { disagreeingDays, toCostColumns, toCostDays } from './to-cost-days.ts';

/** What a read needs. */
export type Reader = {
  openai: OpenAi;
  adminKey: string;
  organizationId: string;
  clock: () => number;
  signal: AbortSignal;
  region: Region;
};

export type ReadSlice = {
  rows: DayRow[];
  /** The first day that the provider still reports, where it refused older ones. */
  earliest?: Day | undefined;
  /** Why days are not among the rows: thrown once the others are stored. */
  failure: ProviderError | undefined;
};

/** Reads a slice's days from OpenAI. */
export function readSlice(reader: Reader, { dataset, ...range }: Slice): Promise<ReadSlice> {
  return dataset === 'costs' ? readCostDays(reader, range) : readUsageDays(reader, dataset, range);
}

/**
 * OpenAI may settle a day between the read of its costs and that of its total. A difference that remains is stored,
 * shown, and read again daily.
 */
const MAXIMUM_READS = 3;

async function readCostDays(reader: Reader, range: DayRange): Promise<ReadSlice> {
  const { openai, adminKey, organizationId: organization_id, clock, signal, region } = reader;
  const version = clock(); // before the read begins: of two reads, the later one wins
  const read = async () => {
    // At once: as objects, facts that wait for the totals would be copied by each collection of garbage.
    const costs = await openai.costs(adminKey, { ...range, organization_id }, { signal, region }).then(toCostColumns);
    const totals = costs.from < costs.to ? await openai.totals(adminKey, costs, { signal, region }) : [];
    const days = toCostDays(costs, totals);
    return { costs, days, disagreeing: disagreeingDays(days, dayAt(version)) };
  };
  let { costs, days, disagreeing } = await read();
  for (let reads = 1; disagreeing.length > 0 && reads < MAXIMUM_READS; reads += 1) {
    log.warn('days differ from OpenAI’s own total: reading again', { days: disagreeing });
    ({ costs, days, disagreeing } = await read());
  }
  const withFacts = days.filter(({ facts }) => facts.items > 0);
  const lineItems = new Set(withFacts.flatMap(({ facts }) => wordsOf(facts.columns.get('line_item'))));
  const unknown = [...lineItems].filter((lineItem) => !isUnderstood(lineItem));
  if (disagreeing.length > 0) log.error('days differ from OpenAI’s own total: stored as read', { days: disagreeing });
  if (unknown.length > 0) log.warn('line items not understood in full', { line_items: unknown });
  logDropped(costs.days);
  if (costs.foreign.length > 0) log.error('left out rows of other organizations', { foreign: costs.foreign });
  if (costs.earliest) log.info('OpenAI keeps no older days', { earliest: costs.earliest });
  return {
    // `days` are in the order of `costs.days`.
    rows: days.map((day, at) => ({ ...toCostRow(version, day), isUnreported: !costs.days[at]?.isReported })),
    earliest: costs.earliest,
    failure: unreadable(costs, '/organization/costs'),
  };
}

const CONFIRM_SCOPE_MS = 1_000;

async function readUsageDays(
  { openai, adminKey, clock, signal, region }: Reader,
  dataset: UsageDataset,
  range: DayRange,
): Promise<ReadSlice> {
  const version = clock();
  const read = () => openai.usage(adminKey, endpointOf(dataset), range, { signal, region });
  const usage = await read().catch(async (error: unknown) => {
    // A refusal of a moment would leave these days out without a word.
    if (!(error instanceof ProviderError) || error.kind !== 'scope_missing') throw error;
    await sleep(CONFIRM_SCOPE_MS);
    return read();
  });
  const toRow = ({ day, facts, dropped, isReported }: (typeof usage.days)[number]) => ({
    ...toUsageRow(dataset, version, { day, dropped_dimensions: dropped, items: facts }),
    isUnreported: !isReported,
  });
  logDropped(usage.days);
  return {
    rows: usage.days.map(toRow),
    failure: unreadable(usage, `/organization/usage/${endpointOf(dataset)}`),
  };
}

function logDropped(days: readonly { dropped: readonly string[] }[]): void {
  const coarse = days.filter(({ dropped }) => dropped.length > 0);
  if (coarse.length > 0) log.info('OpenAI refused dimensions', { dropped: coarse[0]?.dropped, days: coarse.length });
}
