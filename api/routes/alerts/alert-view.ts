import { z } from 'zod';
import { ALERT_EVENTS, ALERT_KINDS } from '#domain/alerts/alert.ts';
import { COMPARED_WITH, REASONS } from '#domain/causes/causes.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { day } from '../parameters.ts';

const spent = decimal.nullable().meta({ description: 'What had been spent then; null where no money is concerned' });
const forecast = decimal
  .nullable()
  .meta({ description: 'What the period was forecast to cost; null where there was no forecast' });
const at = z.iso.datetime();

const contributor = z
  .object({
    project_id: z.string(),
    project_name: z.string().meta({ description: 'Empty where none is known' }),
    api_key_id: z.string(),
    api_key_name: z.string().meta({ description: 'Empty where none is known' }),
    model: z.string(),
    line_item: z.string(),
    amount: decimal.meta({ description: 'What it cost in the days that the alert is about' }),
    before: decimal.nullable().meta({ description: 'What it cost in what these are compared with, or null' }),
    change: decimal.nullable().meta({ description: '`amount` minus `before`; null where nothing is compared' }),
  })
  .meta({
    id: 'CauseContributor',
    description: 'A line item of an API key in a project; empty values are not attributed',
  });

export const causesView = z
  .object({
    compared_with: z.enum(COMPARED_WITH).nullable().meta({
      description:
        'usual: the mean of the same weekdays of four weeks. previous_period: the same days of the period before. null: nothing is known that the costs rose from, and the contributors are what most is for',
    }),
    reasons: z
      .array(z.object({ reason: z.enum(REASONS), change: decimal }).meta({ id: 'CauseReason' }))
      .meta({ description: 'How much of the rise has which reason, the greatest first' }),
    contributors: z.array(contributor).meta({ description: 'What contributed most, the greatest first: at most five' }),
  })
  .meta({ id: 'Causes' });

export const alertView = z
  .object({
    id: z.string(),
    kind: z.enum(ALERT_KINDS),
    title: z.string().meta({ description: 'One line: of what, and how much' }),
    text: z.string().meta({ description: 'Sentences: how much of what, who, why, and what to do' }),
    integration_id: z
      .string()
      .nullable()
      .meta({ description: 'The integration that it is about; null where it is about all of the tenant’s' }),
    budget: z
      .object({ id: z.string(), name: z.string() })
      .meta({ id: 'AlertBudget' })
      .nullable()
      .meta({ description: 'As it was when the alert was raised; null of other kinds' }),
    threshold: z
      .object({
        of: z.enum(['actual', 'forecast']).meta({ description: 'Whether it is of what was spent or of the forecast' }),
        percent: z.number(),
      })
      .meta({ id: 'AlertThreshold' })
      .nullable()
      .meta({ description: 'The threshold of the budget; null of other kinds' }),
    day: day.meta({ description: 'The UTC day to show it on' }),
    from: day.meta({ description: 'First UTC day that it is about: of the budget’s period, of the anomaly' }),
    to: day.meta({ description: 'The UTC day after the last one' }),
    filters: z
      .record(z.string(), z.array(z.string()))
      .meta({ description: 'By dimension of costs, the values that it is about; all costs where it is empty' }),
    amount: decimal.nullable().meta({
      description:
        'What the costs are compared with: the budget, the limit, what was expected; null where they are not',
    }),
    currency: z.string().nullable().meta({ description: 'ISO 4217, lower case; null where no money is concerned' }),
    raised_at: at,
    spent,
    forecast,
    causes: causesView.nullable().meta({
      description: 'What explains the costs; null where no costs are the reason, and of a quiet alert',
    }),
    is_quiet: z
      .boolean()
      .meta({ description: 'Whether a worse threshold was reached at the same time, and is told in its place' }),
    is_below: z.boolean().meta({
      description:
        'Whether it is over: the costs fell below the threshold since then, the sync goes on, the days add up, …',
    }),
    acknowledged_at: at.nullable(),
    acknowledged_by: z.string().nullable().meta({ description: 'The subject of the credential' }),
    history: z.array(z.object({ event: z.enum(ALERT_EVENTS), at, spent, forecast }).meta({ id: 'AlertEvent' })),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.infer<typeof alertView>;

export const alertId = z
  .string('must be given once')
  .regex(/^[A-Za-z0-9-]{1,128}$/, 'must be the id of an alert')
  .meta({ description: 'The id of an alert' });
