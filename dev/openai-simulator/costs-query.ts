import { Refusal } from './answer.ts';
import { type Dimension, dimensions } from './cost-rows.ts';
import { addDays, type Day, dayOf, startOf } from './day.ts';

export interface CostsQuery {
  from: Day;
  /** The first day that is not asked for. */
  to: Day;
  groupBy: ReadonlySet<Dimension>;
  limit: number;
  projectIds: ReadonlySet<string>;
  apiKeyIds: ReadonlySet<string>;
}

/** What the answer depends on besides the query. */
export interface Clock {
  today: Day;
  /** Unix seconds after which a time counts as future. */
  latest: number;
  lookbackDays: number;
}

/** Before 2025-12-06 costs are not known by API key or user. */
const KEYS_KNOWN_SINCE = 1_764_979_200;

/** Reads the query as OpenAI does: unknown parameters are ignored, everything else is refused with 400. */
export function readCostsQuery(params: URLSearchParams, { today, latest, lookbackDays }: Clock): CostsQuery {
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
  if (limit < 1 || limit > 180) throw invalid('limit', `Invalid 'limit': expected 1 to 180, got ${limit}.`);
  const groupBy = readGroupBy(list(params, 'group_by'));
  const late = ['api_key_id', 'user_id'].find((dimension) => groupBy.has(dimension as Dimension));
  if (late && start < KEYS_KNOWN_SINCE) {
    throw invalid(
      'start_time',
      `Grouping by ${late} needs a 'start_time' of ${KEYS_KNOWN_SINCE} or later.`,
      'invalid_request_error',
    );
  }
  return {
    from: dayOf(start),
    to: dayOf(end - 1 + 86_400),
    groupBy,
    limit,
    projectIds: new Set(list(params, 'project_ids')),
    apiKeyIds: new Set(list(params, 'api_key_ids')),
  };
}

function readGroupBy(names: string[]): Set<Dimension> {
  const known: readonly string[] = dimensions;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid('group_by', `Invalid value: '${unknown}'.`);
  return new Set(names as Dimension[]);
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
