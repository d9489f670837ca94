import { z } from 'zod';
import { costDimensions } from '#clickhouse/aggregates/cost-facts.ts';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import { reconcile, reconciled } from '#clickhouse/coverage/reconcile.ts';
import { readDailyTotals } from '#clickhouse/summary/daily-totals.ts';
import { readMonthTotals } from '#clickhouse/summary/month-totals.ts';
import { mover, readTopMovers } from '#clickhouse/summary/top-movers.ts';
import { readUnitPrices, unitPrice } from '#clickhouse/summary/unit-prices.ts';
import { addDays, today } from '#domain/day.ts';
import { percentOf } from '#domain/decimal.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { day } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { filterParameters } from '../aggregates/aggregate-parameters.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';
import { daysUpTo, monthRanges } from './month-ranges.ts';

const PRICED_DAYS = 30;
const FORECAST_DAYS = 366;
const MIXED = 'The costs of the last year are in several: ask for one of them with currency=.';

const month = z.object({ from: day, to: day.meta({ description: 'The UTC day after the last one' }), amount: decimal });
const forecast = z.object({
  amount: z.string().meta({ description: 'What the whole month will have cost, to the cent' }),
  low: z.string().nullable(),
  high: z.string().nullable(),
  method: z.literal('weekday_level'),
  confidence: z.number().nullable().meta({ description: 'How likely the month ends between low and high' }),
  backtest_error_percent: z
    .string()
    .nullable()
    .meta({ description: 'How far off the method was on average, as far from the end of a month as now' }),
});
const nullWhereTooShort = 'low, high and what was measured are null where the past is too short to say';

const body = z
  .object({
    currency: z.string().meta({ description: 'ISO 4217, lower case' }),
    today: day.meta({ description: 'In UTC' }),
    this_month: month.meta({ description: 'All of it that was read, today’s part too' }),
    last_month: month,
    month_to_date: month.meta({ description: 'The days of this month up to the last that is complete' }),
    last_month_to_date: month.meta({ description: 'As many days of last month' }),
    change: decimal.meta({ description: 'month_to_date less last_month_to_date' }),
    change_percent: z.string().nullable().meta({ description: 'Null where there was nothing last month' }),
    forecast: forecast.nullable().meta({
      description: `Null where fewer than 14 of the last 56 days are complete; ${nullWhereTooShort}`,
    }),
    top_movers: z.array(mover).meta({
      description: 'Between last_month_to_date and month_to_date: five projects, then five models, most changed first',
    }),
    unit_costs: z.array(unitPrice).meta({ description: `Of models over the last ${PRICED_DAYS} days, the 50 dearest` }),
    synced_through: day
      .nullable()
      .meta({ description: 'Newest day that each integration has read whole, those that were disconnected aside' }),
    missing_days: z.array(day).meta({ description: 'Of both months: days that should be there and are not' }),
    reconciliation: reconciled.meta({
      description: 'Over the complete days of both months; of whole integrations, whatever the filters',
    }),
    revision: z.string().meta({ description: 'Names the state of the data: another one after every change' }),
  })
  .meta({ id: 'CostsSummary' });
export type CostsSummary = z.infer<typeof body>;

/** What the head of a dashboard shows, in one answer. Money is decimal text; only the forecast is an estimate. */
export const readSummary = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs/summary',
    scope: 'costs:read',
    operationId: 'readCostsSummary',
    summary: 'This month beside the last one, a forecast, what changed most, and what units cost',
    query: z.strictObject(filterParameters(costDimensions)),
    answers: { 200: { description: 'As of now', body } },
    problems: ['not_found', 'mixed_currencies'],
    cached: true,
    async handle({ tenantId, query: filters, revision }) {
      const integrations = filters.integration_id;
      const now = today();
      const two = { from: monthRanges(now, null).last_month.from, to: addDays(now, 1) };
      const [{ synced_through, missing_days }] = await Promise.all([
        readFreshness(warehouse, tenantId, { ...two, integrations, datasets: ['costs'] }),
        requireIntegrations(warehouse, tenantId, integrations),
      ]);

      const months = monthRanges(now, synced_through);
      const { month_to_date: current, last_month_to_date: previous } = months;
      const priced = daysUpTo(two.to, PRICED_DAYS);
      const earliest = priced.from < two.from ? priced.from : two.from;
      const [totals, days, top_movers, unit_costs, reconciliation] = await Promise.all([
        readMonthTotals(warehouse, tenantId, { months, earliest, filters }),
        readDailyTotals(warehouse, tenantId, { range: daysUpTo(two.to, FORECAST_DAYS), filters }),
        readTopMovers(warehouse, tenantId, { previous, current, filters }),
        readUnitPrices(warehouse, tenantId, { range: priced, filters }),
        reconcile(warehouse, tenantId, { ...two, integrations }),
      ]);
      const currencies = new Set([...totals.currencies, ...days.flatMap((each) => each.currencies)]);
      if (currencies.size > 1) throw new Problem('mixed_currencies', { detail: MIXED });

      return {
        200: {
          currency: [...currencies][0] ?? 'usd',
          today: now,
          this_month: { ...months.this_month, amount: totals.this_month },
          last_month: { ...months.last_month, amount: totals.last_month },
          month_to_date: { ...current, amount: totals.month_to_date },
          last_month_to_date: { ...previous, amount: totals.last_month_to_date },
          change: totals.change,
          change_percent: percentOf(totals.change, totals.last_month_to_date),
          forecast: forecastMonthEnd({ today: now, monthToDate: totals.this_month, days }),
          top_movers,
          unit_costs,
          synced_through,
          missing_days,
          reconciliation,
          revision,
        },
      };
    },
  });
