import { type UsageDimension, type UsageEndpoint, usageCatalog, usageDimensions } from './usage-catalog.ts';
import { addTo, type Metrics, type UsageFact } from './usage-tally.ts';

/** The day's rows as JSON texts, added up by the dimensions; the others are null. */
export function usageRows(
  endpoint: UsageEndpoint,
  facts: readonly UsageFact[],
  groupBy: ReadonlySet<UsageDimension>,
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
    JSON.stringify({ object, ...row.metrics, ...row.dimensions, data_region: 'global', labels: { origin: null } }),
  );
}
