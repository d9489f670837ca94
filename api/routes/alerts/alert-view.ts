import { z } from 'zod';
import type { Alert } from '#clickhouse/alerts/alerts.ts';
import { ALERT_EVENTS } from '#domain/budgets/alert.ts';
import { fixDecimal } from '#domain/decimal.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { day } from '../parameters.ts';

const spent = decimal.meta({ description: 'What the period had cost then' });
const forecast = decimal
  .nullable()
  .meta({ description: 'What it was forecast to cost; null where there was no forecast' });
const at = z.iso.datetime();

export const alertView = z
  .object({
    id: z.string(),
    budget: z
      .object({ id: z.string(), name: z.string() })
      .meta({ id: 'AlertBudget' })
      .meta({ description: 'As it was when the alert was raised' }),
    threshold: z
      .object({
        of: z.enum(['actual', 'forecast']).meta({ description: 'Whether it is of what was spent or of the forecast' }),
        percent: z.number(),
      })
      .meta({ id: 'AlertThreshold' }),
    from: day.meta({ description: 'First UTC day of the period' }),
    to: day.meta({ description: 'The UTC day after its last one' }),
    amount: decimal.meta({ description: 'The amount of the budget' }),
    currency: z.string().meta({ description: 'ISO 4217, lower case' }),
    raised_at: at,
    spent,
    forecast,
    is_quiet: z
      .boolean()
      .meta({ description: 'Whether a worse threshold was reached at the same time, and is told in its place' }),
    is_below: z
      .boolean()
      .meta({ description: 'Whether the costs fell below the threshold since then, by restatements or credits' }),
    acknowledged_at: at.nullable(),
    acknowledged_by: z.string().nullable().meta({ description: 'The subject of the credential' }),
    history: z.array(z.object({ event: z.enum(ALERT_EVENTS), at, spent, forecast }).meta({ id: 'AlertEvent' })),
  })
  .meta({ id: 'Alert' });

export const alertId = z
  .string('must be given once')
  .regex(/^[A-Za-z0-9-]{1,128}$/, 'must be the id of an alert')
  .meta({ description: 'The id of an alert' });

export function viewAlert(alert: Alert): z.infer<typeof alertView> {
  const { budget_id, budget_name, of, percent, standing, amount, ...rest } = alert;
  return {
    ...rest,
    amount: fixDecimal(amount, 2),
    budget: { id: budget_id, name: budget_name },
    threshold: { of, percent },
    is_below: standing === 'fell_below',
  };
}
