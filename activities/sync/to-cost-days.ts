import { type CostDay, type CostFacts, toCostFacts } from '#clickhouse/day-rows/cost-days.ts';
import { differByMoreThan, sumDecimals } from '#domain/decimal.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';
import type { CostWindow } from '#providers/openai/costs/costs.ts';
import type { DayTotal } from '#providers/openai/costs/totals.ts';

/** A window as it waits for its totals: its facts are columns. */
type CostColumns = Omit<CostWindow, 'days'> & {
  days: (Omit<CostWindow['days'][number], 'facts'> & { facts: CostFacts })[];
};

/** @throws MoneyError if an amount does not fit its column */
export const toCostColumns = ({ days, ...window }: CostWindow): CostColumns => ({
  ...window,
  days: days.map((day) => ({ ...day, facts: toCostFacts(day.facts) })),
});

/** OpenAI's days as the warehouse stores them: each line item verbatim, and what it means. */
export function toCostDays(costs: CostColumns, totals: readonly DayTotal[]): CostDay[] {
  const totalsOf = Map.groupBy(totals, ({ day }) => day);
  return costs.days.map(({ day, facts, dropped }) => {
    const stated = totalsOf.get(day) ?? []; // one per currency
    return {
      day,
      provider_total: sumDecimals(stated.map(({ amount }) => amount)),
      provider_totals: Object.fromEntries(stated.map(({ currency, amount }) => [currency, amount])),
      provider_total_verbatim: stated.map(({ provider_amount }) => provider_amount).join(' + '),
      dropped_dimensions: dropped,
      facts,
    };
  });
}

export type Disagreement = { day: string; ours: string; theirs: string };

/**
 * The days whose facts do not add up to OpenAI's own total.
 * @param today the UTC day of the read; it is left out, because its costs grow between the two reads
 */
export function disagreeingDays(days: readonly CostDay[], today: string): Disagreement[] {
  return days
    .filter(({ day }) => day < today)
    .map(({ day, facts, provider_total }) => ({ day, ours: facts.sum, theirs: provider_total }))
    .filter(({ ours, theirs }) => differByMoreThan(TOLERANCE, ours, theirs));
}
