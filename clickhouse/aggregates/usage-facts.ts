import type { UsageDimension as FactDimension } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS, type UsageMetric } from '#domain/usage-metrics.ts';
import { sql } from '../client/sql.ts';
import { listedNames, organizationNames } from '../names/listed-names.ts';
import { type FactTable, type Granularity, periodOf } from './fact-table.ts';
import type { AggregateQuestion } from './question.ts';

const dimensions = {
  project_id: 'fact',
  model: 'fact',
  api_key_id: 'fact',
  user_id: 'fact',
  batch: 'fact',
  service_tier: 'fact',
  size: 'fact',
  source: 'fact',
  context_level: 'fact',
  vector_store_id: 'fact',
  api_source: 'fact',
  dataset: 'day',
  integration_id: 'day',
} as const satisfies Record<FactDimension, 'fact'> & Record<'dataset' | 'integration_id', 'day'>;
export type UsageDimension = keyof typeof dimensions;
export const usageDimensions = Object.keys(dimensions) as [UsageDimension, ...UsageDimension[]];

/** Usage facts carry no names: a project that is not listed has the name that its costs carry. */
const namesWithBilled = sql`
  SELECT project_id AS id, max(project_name) AS name
  FROM projects
  WHERE tenant_id = {tenant_id: String}
  GROUP BY id`;

/** SQL of a table (integration_id, day): the last day of each period on which an integration has stored bytes. */
const lastDays = (granularity: Granularity, compare: boolean) => sql`
  SELECT integration_id, max(day) AS last_day
  FROM usage_days FINAL
  WHERE tenant_id = {tenant_id: String}
    AND dataset = 'usage/vector_stores'
    AND notEmpty(items.usage_bytes)
    AND day >= ${compare ? '{previous_from: Date}' : '{from: Date}'}
    AND day < {to: Date}
  GROUP BY ${['integration_id', periodOf(granularity, compare), ...(compare ? ['day < {from: Date}'] : [])].join(', ')}`;

const isIn = (table: string) => `(integration_id, day) IN (SELECT integration_id, last_day FROM ${table})`;

/**
 * The fact table of usage, for one question. Requests of web searches are counted by completions too, so they count
 * only where completions are filtered out. Bytes are a stock: a period, and the range, have those of the last day on
 * which an integration has any.
 */
export function usageFacts({
  granularity,
  compare,
  filters: { dataset },
}: Pick<AggregateQuestion, 'granularity' | 'compare' | 'filters'>): FactTable {
  const hasCompletions = dataset === undefined || dataset.includes('usage/completions');
  const conditions: Partial<Record<UsageMetric, string>> = {
    ...(hasCompletions && { num_model_requests: `dataset != 'usage/web_search_calls'` }),
    usage_bytes: isIn('last_days_of_periods'),
  };
  return {
    name: 'usage',
    table: 'usage_days',
    coarser: {},
    counts: {},
    dimensions,
    names: {
      project_id: { field: 'project_name', listed: namesWithBilled },
      api_key_id: { field: 'api_key_name', listed: listedNames('api_key') },
      user_id: { field: 'user_name', listed: listedNames('user') },
      integration_id: { field: 'organization_name', listed: organizationNames },
    },
    measures: Object.fromEntries(
      USAGE_METRICS.map((metric) => [
        metric,
        { columns: [metric], sql: (of) => of('sum', metric, conditions[metric]) },
      ]),
    ),
    contributions: {
      usage_bytes: { columns: ['usage_bytes'], sql: (of) => of('sum', 'usage_bytes', isIn('last_days_of_range')) },
    },
    groupColumns: { other_metrics: { columns: ['other_metrics'], sql: (of) => of('sumMap', 'other_metrics') } },
    subqueries: {
      last_days_of_periods: lastDays(granularity, compare),
      last_days_of_range: lastDays('total', compare),
    },
  };
}
