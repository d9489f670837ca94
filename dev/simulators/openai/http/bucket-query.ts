import { addDays, type Day, dayOf, startOf } from '../arithmetic/day.ts';
import { Refusal } from './response.ts';

/** What a query of the costs or of a usage endpoint may contain. */
export interface Allowed<Dimension extends string> {
  dimensions: readonly Dimension[];
  /** The filter parameters, by dimension. */
  filters: Partial<Record<Dimension, string>>;
  mostBuckets: number;
}

export interface BucketQuery<Dimension extends string> {
  /** Unix seconds, as given. */
  start: number;
  from: Day;
  /** The day after the last one. */
  to: Day;
  groupBy: ReadonlySet<Dimension>;
  limit: number;
  filters: ReadonlyMap<Dimension, ReadonlySet<string>>;
}

/** What the response depends on, besides the query. */
export interface Clock {
  today: Day;
  /** Unix seconds after which a time counts as future. */
  latest: number;
  lookbackDays: number;
}

/** Reads the query as OpenAI does: unknown parameters are ignored, everything else is refused with 400. */
export function readBucketQuery<Dimension extends string>(
  params: URLSearchParams,
  { dimensions, filters, mostBuckets }: Allowed<Dimension>,
  { today, latest, lookbackDays }: Clock,
): BucketQuery<Dimension> {
  const start = integer(params, 'start_time');
  if (start === undefined) {
    throw invalid('start_time', "Missing required parameter: 'start_time'.", 'missing_required_parameter');
  }
  const end = integer(params, 'end_time') ?? latest;
  if (end > latest) throw invalid('end_time', "Invalid 'end_time': it must not be in the future.");
  if (end <= start) throw invalid('end_time', "Invalid 'end_time': it must be after 'start_time'.");
  const earliest = addDays(today, -lookbackDays);
  if (start < startOf(earliest)) {
    const message = `Reporting data is not available this far back. Earliest supported start date: ${earliest} (UTC)`;
    throw invalid('start_time', message, 'reporting_lookback_exceeded');
  }
  const width = params.get('bucket_width') ?? '1d';
  if (width !== '1d') throw invalid('bucket_width', `Invalid value: '${width}'. Supported values are: '1d'.`);
  const limit = integer(params, 'limit') ?? 7;
  if (limit < 1 || limit > mostBuckets) {
    throw invalid('limit', `Invalid 'limit': expected 1 to ${mostBuckets}, got ${limit}.`);
  }
  const wanted = dimensions
    .map((dimension): [Dimension, string[]] => [dimension, list(params, filters[dimension] ?? '')])
    .filter(([, values]) => values.length > 0);
  return {
    start,
    from: dayOf(start),
    to: dayOf(end - 1 + 86_400),
    groupBy: readGroupBy(list(params, 'group_by'), dimensions),
    limit,
    filters: new Map(wanted.map(([dimension, values]) => [dimension, new Set(values)])),
  };
}

/** The facts that pass the query's filters: the same array if there are no filters. */
export function filtered<Fact, Dimension extends string>(
  facts: readonly Fact[],
  { filters }: BucketQuery<Dimension>,
  dimensionOf: (fact: Fact, dimension: Dimension) => unknown,
): readonly Fact[] {
  if (filters.size === 0) return facts;
  return facts.filter((fact) =>
    filters.entries().every(([dimension, wanted]) => wanted.has(String(dimensionOf(fact, dimension) ?? ''))),
  );
}

function readGroupBy<Dimension extends string>(names: string[], dimensions: readonly Dimension[]): Set<Dimension> {
  const unknown = names.find((name) => !dimensions.some((dimension) => dimension === name));
  if (unknown !== undefined) {
    const supported = dimensions.map((dimension) => `'${dimension}'`).join(', ');
    throw invalid('group_by', `Invalid value: '${unknown}'. Supported values are: ${supported}.`);
  }
  return new Set(dimensions.filter((dimension) => names.includes(dimension)));
}

/** OpenAI's SDKs send `name[]=a&name[]=b`; bare `name=a&name=b` works as well. */
const list = (params: URLSearchParams, name: string) => [...params.getAll(`${name}[]`), ...params.getAll(name)];

function integer(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^-?\d{1,15}$/.test(text))
    throw invalid(name, `Invalid type for '${name}': expected an integer.`, 'invalid_type');
  return Number(text);
}

const invalid = (param: string, message: string, code = 'invalid_value') => new Refusal(400, message, { param, code });
