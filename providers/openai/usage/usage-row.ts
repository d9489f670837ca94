import type { z } from 'zod';
import { parseDecimal } from '#domain/decimal.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { extraText } from '../../http/extra.ts';
import { object } from '../../http/fields.ts';
import { isNumberText } from '../../http/json.ts';
import { USAGE_DIMENSIONS, type UsageDimension } from './usage-endpoints.ts';

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

const DIMENSIONS: ReadonlySet<string> = new Set(USAGE_DIMENSIONS);
const METRICS: ReadonlySet<string> = new Set(USAGE_METRICS);
const NO_DIMENSIONS = Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, '']));

/**
 * A usage row as the provider sends it, any field missing, null or new, made into a fact. One loop over what was sent:
 * a schema for each of the 31 known names took some three times as long, and a large window has 100,000 rows.
 */
export const usageRow: z.ZodType<UsageFact> = object({}).transform((row, context) => {
  const dimensions = { ...NO_DIMENSIONS };
  const metrics: UsageFact['metrics'] = {};
  const unknown: Record<string, unknown> = {};
  const malformed = (name: string) => context.addIssue({ code: 'custom', path: [name], message: 'unexpected' });

  for (const [name, value] of Object.entries(row)) {
    const sent = isNumberText(value) ? value.rawJSON : value;
    if (name === 'object') continue;
    if (DIMENSIONS.has(name)) {
      if (typeof sent === 'string' || typeof sent === 'boolean') dimensions[name] = String(sent);
      else if (sent !== null) malformed(name);
    } else if (METRICS.has(name)) {
      const decimal = typeof sent === 'string' ? parseDecimal(sent) : undefined;
      if (decimal !== undefined) metrics[name] = decimal;
      else if (sent !== null && sent !== '') malformed(name);
    } else {
      const decimal = isNumberText(value) ? parseDecimal(value.rawJSON) : undefined;
      if (decimal !== undefined) metrics[name] = decimal;
      else unknown[name] = value;
    }
  }
  return { dimensions: dimensions as UsageFact['dimensions'], metrics, extra: extraText(unknown) };
});
