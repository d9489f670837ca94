import { z } from 'zod';
import { addDays, type Day, earlierDay } from '#domain/day.ts';
import { type Filters, factParameters } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { expectedDays, openCoverage } from '../coverage/expected-days.ts';
import { readFreshness } from '../coverage/freshness.ts';
import { WITH_NAMES } from '../coverage/freshness-steps.ts';
import { reconciledRow, reconciliationSteps, settledDays, toReconciliation } from '../coverage/reconcile.ts';
import { toFreshness } from '../coverage/to-freshness.ts';
import { DAYS, toDailyTotals, yearOfReads } from './daily-totals.ts';
import { type Months, monthSteps, monthTotals, spentIn } from './month-totals.ts';
import { recent, recentSteps, toRecent } from './recent-lines.ts';
import { mover, moverParameters, moverSteps } from './top-movers.ts';

/** Parts that a caller may do without. */
export const EXCLUDABLE = ['top_movers', 'unit_costs', 'reconciliation'] as const;
type Excludable = (typeof EXCLUDABLE)[number];

export type SummaryQuestion = {
  today: Day;
  filters: Filters;
  exclude: readonly Excludable[];
  /** The ranges that are compared, where costs are complete up to a day. */
  monthsOf: (syncedThrough: Day | null) => Months;
  /** Prices and line items are those of so many days. */
  pricedDays: number;
};

const MONTH_COLUMNS = Object.keys(monthTotals.shape);
const RECONCILED_COLUMNS = Object.keys(reconciledRow.shape);

const row = openCoverage
  .extend(monthTotals.shape)
  .extend(recent.shape)
  .extend(reconciledRow.partial().shape)
  .extend({ top_movers: z.array(mover).optional() });

/**
 * What a summary says of a tenant's costs, all of one state: one statement returns it. Which ranges the movers compare
 * follows from what was read, so that is looked up before; where a sync completes a day meanwhile, others are compared.
 */
export async function readSummary(warehouse: Warehouse, tenantId: string, question: SummaryQuestion) {
  const integrations = question.filters.integration_id;
  if (question.exclude.includes('top_movers')) return readWith(warehouse, tenantId, question, null);
  const range = { from: question.monthsOf(null).last_month.from, to: addDays(question.today, 1) };
  const { synced_through: lookedUp } = await readFreshness(warehouse, tenantId, { ...range, integrations });
  const summary = await readWith(warehouse, tenantId, question, lookedUp);
  const { synced_through } = summary.freshness;
  // Once more, and then the ranges stay: while organizations connect, each look may find another day.
  return synced_through === lookedUp
    ? summary
    : readWith(warehouse, tenantId, atRanges(question, synced_through), synced_through);
}

/** The question about the ranges up to a day, whatever else is read. */
const atRanges = (question: SummaryQuestion, syncedThrough: Day | null): SummaryQuestion => ({
  ...question,
  monthsOf: () => question.monthsOf(syncedThrough),
});

async function readWith(
  warehouse: Warehouse,
  tenantId: string,
  { today, filters, exclude, pricedDays, monthsOf }: SummaryQuestion,
  syncedThrough: Day | null,
) {
  const moving = monthsOf(syncedThrough);
  const to = addDays(today, 1);
  const year = { from: addDays(to, -DAYS), to };
  const both = { from: moving.last_month.from, to };
  const priced_from = addDays(to, -pricedDays);
  const has = (part: Excludable) => !exclude.includes(part);
  const [found] = await warehouse.query({
    name: 'summary',
    sql: summarySql(filters, has),
    params: {
      ...factParameters(tenantId, year, filters),
      ...moverParameters({ previous: moving.last_month_to_date, current: moving.month_to_date }),
      ...{ both_from: both.from, priced_from, earliest: earlierDay(priced_from, both.from) },
    },
    row,
  });
  if (!found) throw new Error('ClickHouse returned no row for a summary, which has exactly one.');
  const freshness = toFreshness(found, both);
  const months = monthsOf(freshness.synced_through);
  return {
    freshness,
    currencies: found.currencies,
    this_month: { ...months.this_month, amount: spentIn(found, months.this_month) },
    last_month: { ...months.last_month, amount: spentIn(found, months.last_month) },
    month_to_date: { ...months.month_to_date, amount: spentIn(found, months.month_to_date) },
    last_month_to_date: { ...months.last_month_to_date, amount: spentIn(found, months.last_month_to_date) },
    days: found.days.filter(({ day }) => day >= both.from).map(({ day, spent }) => ({ day, amount: spent })),
    daily: toDailyTotals(expectedDays(found, year), found.days),
    top_movers: found.top_movers,
    ...toRecent(found),
    reconciliation: has('reconciliation') ? toReconciliation(reconciledRow.parse(found)) : undefined,
  };
}

function summarySql(filters: Filters, has: (part: Excludable) => boolean): string {
  const hasPrices = has('unit_costs');
  const recentColumns = Object.keys(recent.shape).filter((name) => hasPrices || name !== 'prices');
  return withSteps(
    {
      ...yearOfReads(filters),
      ...monthSteps(filters),
      ...recentSteps(filters, { hasPrices }),
      ...(has('top_movers') && moverSteps(filters)),
      ...(has('reconciliation') &&
        reconciliationSteps(settledDays(filters.integration_id !== undefined, '{both_from: Date}'))),
    },
    sql`
      SELECT
        due, reads,
        ${MONTH_COLUMNS.join(', ')},
        ${recentColumns.join(', ')}${has('top_movers') ? ',\ntop_movers' : ''}${has('reconciliation') ? `,\n${RECONCILED_COLUMNS.join(', ')}` : ''}
      FROM due
      CROSS JOIN reads
      CROSS JOIN months
      CROSS JOIN recent
      ${has('top_movers') ? 'CROSS JOIN top_movers' : ''}
      ${has('reconciliation') ? 'CROSS JOIN reconciled' : ''}
      ${WITH_NAMES}`,
  );
}
