import { z } from 'zod';
import { costDimensions } from '#clickhouse/aggregates/cost-facts.ts';
import { reconciliation as reconciled } from '#clickhouse/coverage/reconcile.ts';
import { monthDay } from '#clickhouse/summary/month-totals.ts';
import { notUnderstood, rareDimensions } from '#clickhouse/summary/not-understood.ts';
import { EXCLUDABLE, readSummary } from '#clickhouse/summary/read-summary.ts';
import { mover } from '#clickhouse/summary/top-movers.ts';
import { unitPrice } from '#clickhouse/summary/unit-prices.ts';
import { today } from '#domain/day.ts';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { filterParameters } from '../aggregates/aggregate-parameters.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireFound } from '../integrations/require-integrations.ts';
import { day, repeatable } from '../parameters.ts';
import { forecast } from './forecast-view.ts';
import { monthRanges } from './month-ranges.ts';

const PRICED_DAYS = 30;
const MIXED = 'The costs of the last year are in several currencies: filter by one with currency=.';

const month = z
  .object({ from: day, to: day.meta({ description: 'The UTC day after the last one' }), amount: decimal })
  .meta({ id: 'CostsOfDays' });
const expectedDays = z.array(z.object({ day, amount: z.string() }).meta({ id: 'ExpectedDay' })).meta({
  description: 'What each day that is not complete yet is expected to cost; of today, what is still to come',
});
const NULL_IF_SHORT =
  'low, high, confidence and backtest_error_percent are null if the history is too short to measure them';

const body = z
  .object({
    currency: z.string().meta({ description: 'ISO 4217, lower case; without costs: that of the filter, or else usd' }),
    today: day.meta({ description: 'In UTC' }),
    this_month: month.meta({ description: 'Everything that was read, including today so far' }),
    last_month: month,
    month_to_date: month.meta({ description: 'The days of this month up to the newest complete one' }),
    last_month_to_date: month.meta({ description: 'The same number of days of last month' }),
    change: decimal.meta({ description: 'month_to_date minus last_month_to_date' }),
    change_percent: z.string().nullable().meta({ description: 'Null if last_month_to_date is 0' }),
    forecast: forecast
      .extend({ days: expectedDays })
      .meta({ id: 'MonthForecast' })
      .nullable()
      .meta({
        description:
          'The costs so far, and an estimate for the days to come that no credit or one-off charge moves. ' +
          `Null if fewer than 14 of the last 56 days are complete; ${NULL_IF_SHORT}`,
      }),
    days: z.array(monthDay).meta({
      description: 'The costs of each day of both months that has any, for a line that adds up',
    }),
    top_movers: z.array(mover).optional().meta({
      description: 'The largest changes from last_month_to_date to month_to_date: five projects, then five models',
    }),
    unit_costs: z
      .array(unitPrice)
      .optional()
      .meta({ description: `The 50 unit costs with the highest amounts over the last ${PRICED_DAYS} days` }),
    not_understood: notUnderstood.meta({
      description: `Of the last ${PRICED_DAYS} days: line items that were not understood in full. Every sum has them`,
    }),
    rare_dimensions: rareDimensions.meta({
      description:
        `Of the last ${PRICED_DAYS} days, whatever is filtered by but integration_id: the values of dimensions that few ` +
        'organizations have. One that says more than the empty value is worth grouping by',
    }),
    synced_through: day
      .nullable()
      .meta({ description: 'The newest day that all integrations but disconnected ones have read completely' }),
    missing_days: z.array(day).meta({ description: 'Days of both months that are due and were not read' }),
    reconciliation: reconciled.optional().meta({
      description: 'Over the complete days of both months, for whole integrations: filters do not apply',
    }),
    revision: z.string().meta({ description: 'Identifies the state of the data; changes with it' }),
  })
  .meta({ id: 'CostsSummary' });
export type CostsSummary = z.infer<typeof body>;

/** The summary of a dashboard in one response. Money is exact decimal text; only the forecast is an estimate. */
export const getCostsSummary = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs/summary',
    scope: 'costs:read',
    operationId: 'getCostsSummary',
    summary: 'Gets this month compared with the last one, a forecast, the largest changes, and unit costs',
    query: z.strictObject({
      ...filterParameters(costDimensions),
      exclude: repeatable(z.enum(EXCLUDABLE, `must be one of ${EXCLUDABLE.join(', ')}`), EXCLUDABLE.length, {
        commas: true,
      }).meta({ description: 'Parts to leave out, so that the others come sooner; separated by commas or repeated' }),
    }),
    responses: { 200: { description: 'The summary as of now', body } },
    problems: ['not_found', 'mixed_currencies'],
    conditional: 'one statement',
    async handle({ tenantId, query: { exclude = [], ...filters }, revision }) {
      const now = today();
      const { freshness, currencies, days, daily, reconciliation, ...found } = await readSummary(warehouse, tenantId, {
        ...{ today: now, filters, exclude, pricedDays: PRICED_DAYS },
        monthsOf: (syncedThrough) => monthRanges(now, syncedThrough),
      });
      requireFound(freshness, filters.integration_id);
      const { synced_through, missing_days } = freshness;
      if (currencies.length > 1) throw new Problem('mixed_currencies', { detail: MIXED });

      const { this_month, last_month, month_to_date, last_month_to_date, ...parts } = found;
      const change = subtractDecimals(month_to_date.amount, last_month_to_date.amount);
      return json(200, {
        currency: currencies[0] ?? filters.currency?.[0] ?? 'usd',
        today: now,
        this_month,
        last_month,
        month_to_date,
        last_month_to_date,
        change,
        change_percent: percentOf(change, last_month_to_date.amount),
        forecast: forecastMonthEnd({ today: now, monthToDate: this_month.amount, days: daily }),
        days,
        ...parts,
        synced_through,
        missing_days,
        reconciliation,
        revision,
      });
    },
  });
