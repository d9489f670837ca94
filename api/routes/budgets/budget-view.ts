import { z } from 'zod';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import { BUDGET_PERIODS, type Budget, DEFAULT_THRESHOLDS, periodAround } from '#domain/budgets/budget.ts';
import { BUDGET_STATES, type BudgetEvaluation, evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { today } from '#domain/day.ts';
import { compareDecimals, fixDecimal } from '#domain/decimal.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { costFilters, namedFilters } from '../cost-filters.ts';
import { forecast } from '../costs/forecast-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { name } from '../fields.ts';
import { day } from '../parameters.ts';

const MAX_THRESHOLDS = 10;

const threshold = z
  .strictObject(
    {
      of: z.enum(['actual', 'forecast'], 'must be actual or forecast').meta({
        description: 'Whether the percentage is of what was spent, or of what the whole period is forecast to cost',
      }),
      percent: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(1000, 'must be at most 1000')
        .meta({ description: 'Of the amount' }),
    },
    'must be an object',
  )
  .meta({ id: 'BudgetThreshold' });

const isSame = (a: z.infer<typeof threshold>, b: z.infer<typeof threshold>) => a.of === b.of && a.percent === b.percent;

/** What a budget is created and updated with. */
export const budgetBody = z
  .strictObject({
    name,
    amount: z
      .string('must be decimal text')
      .regex(/^\d{1,15}(\.\d{1,2})?$/, { error: 'must be decimal text, such as 1000 or 99.50', abort: true })
      .refine((text) => compareDecimals(text, '0') > 0, 'must be above 0')
      .meta({ description: 'What each period may cost', examples: ['1000.00'] }),
    currency: z
      .string('must be text')
      .regex(/^[a-z]{3}$/, 'must be ISO 4217 in lower case, such as usd')
      .default('usd')
      .meta({ description: 'ISO 4217, lower case; costs in other currencies do not count' }),
    period: z
      .enum(BUDGET_PERIODS, 'must be month, quarter or year')
      .default('month')
      .meta({ description: 'Of the calendar, in UTC' }),
    filters: costFilters.default({}),
    thresholds: z
      .array(threshold, 'must be a list')
      .min(1, 'must have at least one')
      .max(MAX_THRESHOLDS, `must have at most ${MAX_THRESHOLDS}`)
      .refine((all) => all.every((one, at) => all.findIndex((each) => isSame(each, one)) === at), 'must not repeat one')
      .default([...DEFAULT_THRESHOLDS])
      .meta({ description: 'When alerts are raised, once in each period' }),
  })
  .meta({ id: 'NewBudget' });

/** The fields of a budget that were given, as it is stored. */
export function toBudget({ filters, ...given }: z.infer<typeof budgetBody>): Omit<Budget, 'budget_id' | 'revision'> {
  return { ...given, filters: namedFilters(filters) };
}

export const BUDGET_ID = /^[A-Za-z0-9-]{1,64}$/;

export const budgetId = z
  .string('must be given once')
  .regex(BUDGET_ID, 'must be the id of a budget')
  .meta({ description: 'The id of a budget' });

export const budgetView = z
  .object({
    id: z.string(),
    name: z.string(),
    amount: decimal.meta({ description: 'What each period may cost' }),
    currency: z.string().meta({ description: 'ISO 4217, lower case' }),
    period: z.enum(BUDGET_PERIODS),
    filters: z.record(z.string(), z.array(z.string())),
    thresholds: z.array(threshold),
    changed_at: z.iso
      .datetime()
      .meta({ description: 'When the budget last started anew: alerts are raised once after that' }),
    state: z.enum(BUDGET_STATES).meta({
      description:
        'exceeded: the amount is spent. at_risk: the forecast reaches it. on_track: the forecast does not. unknown: it cannot be said yet',
    }),
    unknown_because: z.enum(['missing_days', 'short_history']).nullable().meta({
      description: 'Days of the period were not read, or fewer than 14 of the last 56 days are complete',
    }),
    from: day.meta({ description: 'First UTC day of the current period' }),
    to: day.meta({ description: 'The UTC day after its last one' }),
    spent: decimal.meta({ description: 'In the current period, with today so far' }),
    spent_percent: z.string().meta({ description: 'Of the amount' }),
    missing_days: z.array(day).meta({ description: 'Days of the period that are due and were not read' }),
    forecast: forecast.nullable().meta({ description: 'Of the whole period; null where it cannot be made' }),
    breach: z
      .object({
        day: day.meta({ description: 'The day on which the forecast uses up the amount' }),
        earliest: day.nullable().meta({ description: 'The same at the high end of the forecast’s interval' }),
        latest: day.nullable().meta({ description: 'The same at its low end; null where the amount lasts then' }),
      })
      .meta({ id: 'BudgetBreach' })
      .nullable()
      .meta({ description: 'Null where the forecast does not reach the amount, and once it is spent' }),
  })
  .meta({ id: 'Budget' });
export type BudgetView = z.infer<typeof budgetView>;

type Context = Pick<Dependencies, 'warehouse' | 'answers'>;

/** A budget as it stands now. Its state is kept with the revision of the data, as any answer. */
export async function viewBudget(context: Context, tenantId: string, budget: Budget): Promise<BudgetView> {
  const { budget_id, revision, amount, filters, thresholds, ...rest } = budget;
  const { period, ...evaluation } = await evaluate(context, tenantId, budget);
  return {
    id: budget_id,
    ...rest,
    amount: fixDecimal(amount, 2),
    filters: Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, [...values]])),
    thresholds: [...thresholds],
    changed_at: new Date(revision).toISOString(),
    ...period,
    ...evaluation,
    missing_days: [...evaluation.missing_days],
  };
}

async function evaluate({ warehouse, answers }: Context, tenantId: string, budget: Budget): Promise<BudgetEvaluation> {
  const { amount, filters, currency } = budget;
  const now = today();
  const period = periodAround(now, budget.period);
  const answer = await answers({
    tenantId,
    question: JSON.stringify(['budget', amount, filters, currency, period, now]),
    isOneStatement: false,
    async compute() {
      const spend = await readSpend(warehouse, tenantId, { budget, period, today: now });
      return Buffer.from(JSON.stringify(evaluateBudget(budget, { today: now, period, spend })));
    },
  });
  return JSON.parse(String(answer?.bytes)) as BudgetEvaluation;
}
