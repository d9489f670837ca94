import { parseDecimal } from '#domain/decimal.ts';
import { USAGE_DIMENSIONS, type UsageDimension } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { extraText, numberText, sentText } from '../../http/json.ts';
import { MalformedRowError, type Row, shared } from '../../http/rows.ts';

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

/** Turns a row into a fact; any field may be missing, null or new. Throws MalformedRowError. */
export function usageRow(row: Row): UsageFact {
  const dimensions = { ...NO_DIMENSIONS } as UsageFact['dimensions'];
  const metrics: UsageFact['metrics'] = {};
  const unknown: [string, unknown][] = [];
  for (const name in row) {
    const value = row[name];
    if (value === null || name === 'object') continue;
    if (DIMENSIONS.has(name)) dimensions[name as UsageDimension] = shared(dimensionOf(value, name));
    else if (METRICS.has(name)) {
      const metric = metricOf(value, name);
      if (metric !== '') metrics[name] = metric;
    } else {
      const number = numberText(value);
      const decimal = number === undefined ? undefined : parseDecimal(number);
      if (decimal === undefined || name === '__proto__') unknown.push([name, value]);
      else metrics[name] = decimal;
    }
  }
  return { dimensions, metrics, extra: shared(extraText(unknown)) };
}

function dimensionOf(value: unknown, name: string): string {
  const text = typeof value === 'boolean' ? String(value) : sentText(value);
  if (text === undefined) throw new MalformedRowError([name]);
  return text;
}

/** '' where nothing was sent. */
function metricOf(value: unknown, name: string): string {
  if (typeof value === 'number') return String(value); // an integer: its text is canonical
  const text = sentText(value);
  const decimal = text === '' ? '' : text === undefined ? undefined : parseDecimal(text);
  if (decimal === undefined) throw new MalformedRowError([name]);
  return decimal;
}
