import { USAGE_METRICS, type UsageMetric } from '#domain/usage-metrics.ts';
import { listedNames, organizationNames } from '../writes/names.ts';
import { type Facts, type Granularity, periodOf } from './fact-table.ts';

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
  dataset: 'day',
  integration_id: 'day',
} as const;
export type UsageDimension = keyof typeof dimensions;
export const usageDimensions = Object.keys(dimensions) as [UsageDimension, ...UsageDimension[]];

/** Usage rows carry no names: what is not listed is called as on the bill. */
const billedNames = (view: 'projects' | 'users', id: string, name: string) =>
  `SELECT ${id} AS id, max(${name}) AS name FROM ${view} WHERE tenant_id = {tenant_id: String} GROUP BY id`;

/** Whether a day is the last one of its period, in the range or in the one before, that its integration has bytes of. */
const isLastDay = (granularity: Granularity) => `(integration_id, day) IN (
  SELECT integration_id, max(day) FROM usage_days FINAL
  WHERE tenant_id = {tenant_id: String} AND dataset = 'usage/vector_stores' AND notEmpty(items.usage_bytes)
    AND day >= {from: Date} - {days: UInt16} AND day < {to: Date}
  GROUP BY integration_id, ${periodOf(granularity)}, day < {from: Date})`;

/**
 * Requests of web searches are counted by completions too: they are left out unless completions are.
 * Bytes are a stock: of each period they are those of the last day that an integration has any of; so are they in total.
 */
export function usageFacts(granularity: Granularity, datasets: readonly string[] | undefined): Facts {
  const countsTwice = datasets === undefined || datasets.includes('usage/completions');
  const conditions: Partial<Record<UsageMetric, string>> = {
    ...(countsTwice && { num_model_requests: `dataset != 'usage/web_search_calls'` }),
    usage_bytes: isLastDay(granularity),
  };
  return {
    name: 'usage',
    table: 'usage_days',
    dimensions,
    names: {
      project_id: { field: 'project_name', listed: billedNames('projects', 'project_id', 'project_name') },
      api_key_id: { field: 'api_key_name', listed: listedNames('api_key') },
      user_id: { field: 'user_name', listed: billedNames('users', 'user_id', 'user_name') },
      integration_id: { field: 'organization_name', listed: organizationNames },
    },
    measures: Object.fromEntries(
      USAGE_METRICS.map((metric) => [
        metric,
        { columns: [metric], sql: (of) => of('sum', metric, conditions[metric]) },
      ]),
    ),
    totals: {
      usage_bytes: { columns: ['usage_bytes'], sql: (of) => of('sum', 'usage_bytes', isLastDay('total')) },
    },
    kept: { others: { columns: ['other_metrics'], sql: (of) => of('sumMap', 'other_metrics') } },
    details: { other_metrics: 'others' },
    overall: {},
  } satisfies Facts;
}
