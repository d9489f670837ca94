import { z } from 'zod';
import { canonicalDecimal } from './decimal.ts';
import { extraText } from './extra.ts';
import { decimal, text } from './fields.ts';
import { isNumberText } from './json.ts';
import { USAGE_DIMENSIONS, USAGE_METRICS, type UsageDimension } from './usage-endpoints.ts';

/** One row of one day's usage. */
export type UsageFact = {
  /** '' where null or missing; `batch` is 'true', 'false' or ''. */
  dimensions: Record<UsageDimension, string>;
  /**
   * Every number of the row by OpenAI's own name, also of names that we do not know: canonical plain decimals, every
   * digit kept. What the provider did not send, or sent as null, is absent: it is not known to be 0.
   */
  metrics: Record<string, string>;
  /** The row's other fields that we do not know, as JSON object text sorted by name; '' where none. */
  extra: string;
};

const dimension = z.union([z.boolean().transform(String), text]);
const KNOWN = new Set<string>(['object', ...USAGE_DIMENSIONS, ...USAGE_METRICS]);

/** A usage row as the provider sends it, any field missing, null or new, made into a fact. */
export const usageRow: z.ZodType<UsageFact> = z
  .looseObject({
    ...named(USAGE_DIMENSIONS, () => dimension),
    ...named(USAGE_METRICS, () => decimal),
  })
  .transform((row) => {
    const metrics: [string, string][] = USAGE_METRICS.flatMap((name) => {
      const { value } = row[name];
      return value === null ? [] : [[name, value]];
    });
    const unknown: [string, unknown][] = [];
    for (const [name, value] of Object.entries(row)) {
      if (KNOWN.has(name)) continue;
      const metric = isNumberText(value) ? canonicalDecimal(value.rawJSON) : undefined;
      if (metric === undefined) unknown.push([name, value]);
      else metrics.push([name, metric]);
    }
    return {
      dimensions: named(USAGE_DIMENSIONS, (name) => row[name]),
      metrics: Object.fromEntries(metrics),
      extra: extraText(Object.fromEntries(unknown)),
    };
  });

function named<Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value) {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
