import { z } from 'zod';
import { ALERT_EVENTS, ALERT_KINDS } from '#domain/alerts/alert.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { day } from '../parameters.ts';

const spent = decimal.nullable().meta({ description: 'What had been spent then; null where no money is concerned' });
const forecast = decimal
  .nullable()
  .meta({ description: 'What the period was forecast to cost; null where there was no forecast' });
const at = z.iso.datetime();

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
