import type { z } from 'zod';
import { parseDecimal } from '#domain/decimal.ts';
import { USAGE_DIMENSIONS, type UsageDimension } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { object } from '../../http/fields.ts';
import { extraText, NumberText } from '../../http/json.ts';

/** One row of one day's usage, with OpenAI's own names. */
export type UsageFact = {
  /** '' where null or missing; `batch` is 'true', 'false' or ''. */
  dimensions: Record<UsageDimension, string>;
  /**
   * Every number of the row, also those with unknown names, as canonical plain decimals with all digits. A metric that
   * was not sent, or sent as null, is absent: it is not known to be 0.
   */
  metrics: Record<string, string>;
  /** All other unknown fields as JSON text, sorted by name; '' where there are none. */
  extra: string;
};

const DIMENSIONS: ReadonlySet<string> = new Set(USAGE_DIMENSIONS);
const METRICS: ReadonlySet<string> = new Set(USAGE_METRICS);
const NO_DIMENSIONS = Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, '']));

/**
 * Turns a row into a fact; any field may be missing, null or new. It is one loop because a zod schema with the 31 known
 * names took about three times as long, and a large window has 100,000 rows.
 */
export const usageRow: z.ZodType<UsageFact> = object({}).transform((row, context) => {
  const dimensions = { ...NO_DIMENSIONS };
  const metrics: UsageFact['metrics'] = {};
  const unknown: Record<string, unknown> = {};
  const malformed = (name: string) => context.addIssue({ code: 'custom', path: [name], message: 'unexpected' });

  for (const [name, value] of Object.entries(row)) {
    const sent = value instanceof NumberText ? value.text : value;
    if (name === 'object') continue;
    if (DIMENSIONS.has(name)) {
      if (typeof sent === 'string' || typeof sent === 'boolean') dimensions[name] = String(sent);
      else if (sent !== null) malformed(name);
    } else if (METRICS.has(name)) {
      const decimal = typeof sent === 'string' ? parseDecimal(sent) : undefined;
      if (decimal !== undefined) metrics[name] = decimal;
      else if (sent !== null && sent !== '') malformed(name);
    } else {
      const decimal = value instanceof NumberText ? parseDecimal(value.text) : undefined;
      if (decimal !== undefined) metrics[name] = decimal;
      else unknown[name] = value;
    }
  }
  return { dimensions: dimensions as UsageFact['dimensions'], metrics, extra: extraText(unknown) };
});
