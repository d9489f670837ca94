import {
  type UsageDimension,
  type UsageEndpoint,
  usageCatalog,
  usageDimensions,
  usageEndpoints,
} from './usage-catalog.ts';

/** null: not known, as for what was done without an API key. */
export type Dimensions = Partial<Record<UsageDimension, string | boolean | null>>;
export type Metrics = Record<string, number>;

/** The finest row of an endpoint on a day: all of its dimensions, and what was counted. */
export interface UsageFact {
  dimensions: Dimensions;
  metrics: Metrics;
}
export type Usage = Record<UsageEndpoint, readonly UsageFact[]>;

/** Adds up what is counted, by exactly the dimensions that the endpoint has. */
export function createTally() {
  const tables = new Map(usageEndpoints.map((endpoint) => [endpoint, new Map<string, UsageFact>()]));
  return {
    add(endpoint: UsageEndpoint, given: Dimensions, metrics: Metrics): void {
      if (Object.values(metrics).every((value) => value === 0)) return;
      const dimensions = dimensionsOf(endpoint, given);
      const key = keyOf(dimensions);
      const table = tables.get(endpoint);
      const known = table?.get(key);
      if (known) addTo(known.metrics, metrics);
      else table?.set(key, { dimensions, metrics: metricsOf(endpoint, metrics) });
    },
    facts: (endpoint: UsageEndpoint): readonly UsageFact[] => [...(tables.get(endpoint)?.values() ?? [])],
  };
}
export type Tally = ReturnType<typeof createTally>;

/** The endpoint's dimensions in their order, null where nothing is given. */
export const dimensionsOf = (endpoint: UsageEndpoint, given: Dimensions): Dimensions =>
  Object.fromEntries(usageDimensions(endpoint).map((name) => [name, given[name] ?? null]));

/** The endpoint's metrics in their order, 0 where nothing is given, and what else is given. */
export function metricsOf(endpoint: UsageEndpoint, given: Metrics): Metrics {
  return { ...Object.fromEntries(usageCatalog[endpoint].metrics.map((metric) => [metric, 0])), ...given };
}

export const keyOf = (dimensions: Dimensions) => JSON.stringify(Object.values(dimensions));

export function addTo(sum: Metrics, metrics: Metrics): void {
  for (const [name, value] of Object.entries(metrics)) sum[name] = (sum[name] ?? 0) + value;
}

/** Whole parts, in proportion to whole weights, that add up to the whole. */
export function split(whole: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weight = 0;
  let given = 0;
  return weights.map((one) => {
    weight += one;
    const part = Math.round((whole * weight) / all) - given;
    given += part;
    return part;
  });
}
