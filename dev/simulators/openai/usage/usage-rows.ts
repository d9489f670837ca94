import type { Knobs } from '../http/knobs.ts';
import { type UsageDimension, type UsageEndpoint, usageCatalog, usageDimensions } from './usage-catalog.ts';
import { addTo, type Metrics, type UsageFact } from './usage-tally.ts';

/** The day's rows as JSON texts, added up by the dimensions; the others are null. */
export function usageRows(
  endpoint: UsageEndpoint,
  facts: readonly UsageFact[],
  groupBy: ReadonlySet<UsageDimension>,
  retention: Knobs['cacheWriteRetention'],
): string[] {
  const { object } = usageCatalog[endpoint];
  const order = usageDimensions(endpoint);
  const rows = new Map<string, { dimensions: Record<string, unknown>; metrics: Metrics }>();
  for (const fact of facts) {
    const dimensions = Object.fromEntries(
      order.map((name) => [name, groupBy.has(name) ? (fact.dimensions[name] ?? null) : null]),
    );
    const key = JSON.stringify(Object.values(dimensions));
    const row = rows.get(key) ?? { dimensions, metrics: {} };
    rows.set(key, row);
    addTo(row.metrics, fact.metrics);
  }
  return Array.from(rows.values(), (row) =>
    // The last two fields are in no document: new ones come without notice.
    JSON.stringify({
      ...{ object, ...told(row.metrics, retention), ...row.dimensions },
      ...{ data_region: 'global', labels: { origin: null } },
    }),
  );
}

const OF_RETENTION = ['input_cache_write_12h_tokens', 'input_cache_write_30m_tokens'];

function told(metrics: Metrics, retention: Knobs['cacheWriteRetention']): Record<string, number | null> {
  if (retention === 'told') return metrics;
  const rest = Object.entries(metrics).filter(([name]) => !OF_RETENTION.includes(name));
  return Object.fromEntries(retention === 'null' ? [...rest, ...OF_RETENTION.map((name) => [name, null])] : rest);
}
