import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readCurrentLimits } from '#clickhouse/limits/current-limits.ts';
import { readLimitCosts } from '#clickhouse/limits/limit-costs.ts';
import { limitOutlook } from '#domain/limits/limit-outlook.ts';
import { LIMIT_KINDS } from '#domain/spend-limit.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { day } from '../parameters.ts';

const limit = z
  .object({
    kind: z
      .enum(LIMIT_KINDS)
      .meta({ description: 'At a hard limit OpenAI refuses requests; of an alert it sends e-mails' }),
    project_id: z.string().nullable().meta({ description: 'Null for a limit of the whole organization' }),
    project_name: z.string().nullable(),
    amount: decimal,
    currency: z.string().meta({ description: 'ISO 4217, lower case' }),
    interval: z.string().meta({ description: 'month, in UTC' }),
    is_enforcing: z.boolean().meta({ description: 'Whether OpenAI refused requests when the limit was read' }),
    spent: decimal.nullable().meta({ description: 'This month’s costs, with today so far' }),
    spent_percent: z.string().nullable().meta({ description: 'spent, in percent of amount' }),
    forecast: z
      .object({ amount: z.string(), low: z.string().nullable(), high: z.string().nullable() })
      .meta({ id: 'LimitForecast' })
      .nullable()
      .meta({ description: 'Of the whole month, as in the summary of costs' }),
    is_reached: z.boolean(),
    expected_on: day.nullable().meta({ description: 'The day of this month on which the forecast reaches it' }),
    earliest_on: day.nullable().meta({ description: 'The same day by the high end of the forecast’s interval' }),
    latest_on: day.nullable().meta({ description: 'The same day by the low end' }),
    summary: z.string().meta({ description: 'All this in a sentence' }),
  })
  .meta({ id: 'SpendLimit' });

export const integrationLimits = z
  .object({
    integration_id: z.string(),
    organization_name: z.string(),
    read_on: day.nullable().meta({ description: 'The UTC day of the latest read; null before the first one' }),
    is_readable: z.boolean().nullable().meta({
      description: 'Whether the key may read the limits of all projects. Where it may and there are none, none is set',
    }),
    limits: z.array(limit),
  })
  .meta({ id: 'IntegrationLimits' });

type IntegrationLimits = z.infer<typeof integrationLimits>;

/** OpenAI's limits as they were last read, each with this month's costs and when it will be reached. */
export async function viewLimits(
  warehouse: Warehouse,
  tenantId: string,
  { today, integrations }: { today: string; integrations?: readonly string[] | undefined },
): Promise<IntegrationLimits[]> {
  const found = await readCurrentLimits(warehouse, tenantId, integrations);
  const limited = found.filter(({ limits }) => limits.length > 0).map((each) => each.integration_id);
  if (limited.length === 0) return found.map((each) => ({ ...each, limits: [] }));
  const costsOf = await readLimitCosts(warehouse, tenantId, { today, integrations: limited });
  return found.map(({ limits, ...integration }) => ({
    ...integration,
    limits: limits.map((each) => ({
      ...each,
      project_id: each.project_id || null,
      project_name: each.project_name || each.project_id || null,
      ...limitOutlook(
        { ...each, read_on: integration.read_on },
        costsOf({ ...each, integration_id: integration.integration_id }),
      ),
    })),
  }));
}
