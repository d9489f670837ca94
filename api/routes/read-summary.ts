import { z } from 'zod';
import { MixedCurrenciesError } from '../../clickhouse/costs.ts';
import { freshness } from '../../clickhouse/coverage.ts';
import { readDailyTotals } from '../../clickhouse/daily-totals.ts';
import { readIntegration } from '../../clickhouse/integrations.ts';
import { readMonthTotals } from '../../clickhouse/month-totals.ts';
import { reconcile, reconciled } from '../../clickhouse/reconcile.ts';
import { mover, readTopMovers } from '../../clickhouse/top-movers.ts';
import { readUnitPrices, unitPrice } from '../../clickhouse/unit-prices.ts';
import type { Dependencies } from '../dependencies.ts';
import { forecastMonthEnd } from '../forecast.ts';
import { daysUpTo, monthRanges } from '../month-ranges.ts';
import { dayFromNow, integrationId } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const PRICED_DAYS = 30;
const FORECAST_DAYS = 366;

const month = z.object({ from: z.iso.date(), to: z.iso.date(), amount: z.string() });
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

const body = z.object({
  currency: z.string(),
  today: z.iso.date(),
  this_month: month.meta({ description: 'All of it that was read, today’s part too' }),
  last_month: month,
  month_to_date: month.meta({ description: 'The days of this month up to the last that is complete' }),
  last_month_to_date: month.meta({ description: 'As many days of last month' }),
  change: z.string().meta({ description: 'month_to_date less last_month_to_date' }),
  change_percent: z.string().nullable().meta({ description: 'Null where there was nothing last month' }),
  forecast: forecast.nullable().meta({
    description: `Null where fewer than 14 of the last 56 days are complete; ${nullWhereTooShort}`,
  }),
  top_movers: z.array(mover).meta({
    description: 'Between last_month_to_date and month_to_date: five projects, then five models, most changed first',
  }),
  unit_costs: z.array(unitPrice).meta({ description: `Of models over the last ${PRICED_DAYS} days, the 50 dearest` }),
  synced_through: z.iso.date().nullable().meta({ description: 'The newest day that each integration has read whole' }),
  missing_days: z.array(z.iso.date()).meta({ description: 'Of both months: days that should be there and are not' }),
  reconciliation: reconciled.meta({
    description: 'Over the complete days of both months; of whole integrations, whatever the filters',
  }),
  revision: z.string().meta({ description: 'Another one after every change of the data' }),
});

/** What the head of a dashboard shows, in one answer. Money is decimal text; only the forecast is an estimate. */
export const readSummary = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs/summary',
    scope: 'costs:read',
    operationId: 'readCostsSummary',
    summary: 'This month beside the last one, a forecast, what changed most, and what units cost',
    query: z.strictObject({ integration_id: integrationId.optional() }),
    answers: { 200: { description: 'As of now', body } },
    problems: ['not_found', 'mixed_currencies'],
    cached: true,
    async handle({ tenantId, query: { integration_id }, revision }) {
      const integrations = integration_id ? [integration_id] : undefined;
      const filters = { integration_id: integrations };
      const today = dayFromNow(0);
      const two = { from: monthRanges(today, null).last_month.from, to: dayFromNow(1) };
      const [integration, { synced_through, missing_days }] = await Promise.all([
        integration_id ? readIntegration(warehouse, { tenant_id: tenantId, integration_id }) : undefined,
        freshness(warehouse, tenantId, { ...two, integration_id }),
      ]);
      if (integration_id && !integration) throw new Problem('not_found');

      const months = monthRanges(today, synced_through);
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
      if (currencies.size > 1)
        throw new MixedCurrenciesError(`The year holds ${[...currencies].sort().join(' and ')}.`);

      return {
        200: {
          currency: [...currencies][0] ?? 'usd',
          today,
          this_month: { ...months.this_month, amount: totals.this_month },
          last_month: { ...months.last_month, amount: totals.last_month },
          month_to_date: { ...current, amount: totals.month_to_date },
          last_month_to_date: { ...previous, amount: totals.last_month_to_date },
          change: totals.change,
          change_percent: totals.change_percent,
          forecast: forecastMonthEnd({ today, monthToDate: totals.this_month, days }),
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
