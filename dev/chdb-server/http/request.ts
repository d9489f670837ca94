import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';

/** What a request says about a statement, in its URL, form and headers. */
export type Parameters = {
  query: string;
  queryId: string | undefined;
  database: string | undefined;
  format: string | undefined;
  settings: Record<string, string>;
  parameters: Record<string, string>;
};

// Parameters of the protocol that have no effect here; all other names are settings of the engine.
const IGNORED = new Set([
  'user',
  'password',
  'quota_key',
  'session_timeout',
  'session_check',
  'wait_end_of_query', // every result is complete before its first byte is sent
  'buffer_size',
  'client_protocol_version',
  'stacktrace',
]);
const REFUSED = new Set(['session_id', 'role', 'compress', 'decompress']);

/** Reads URL and headers as ClickHouse does: `param_x` is a query parameter, an unknown name is a setting. */
export function readParameters(url: URL, request: IncomingMessage): Parameters {
  const parameters = readFields(url.searchParams);
  parameters.database ??= header(request, 'x-clickhouse-database');
  parameters.format ??= header(request, 'x-clickhouse-format');
  // As on a server, GET is read-only, and the client cannot change that.
  if (request.method !== 'POST') {
    parameters.settings.readonly = parameters.settings.readonly === '1' ? '1' : '2';
  }
  return parameters;
}

/** Reads the fields of a URL or a form. @throws ClickHouseException for parameters that are not supported */
export function readFields(pairs: Iterable<[string, string]>): Parameters {
  const known: Record<string, string> = {};
  const settings: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (name.startsWith('param_')) parameters[name.slice('param_'.length)] = value;
    else if (['query', 'query_id', 'database', 'default_format'].includes(name)) known[name] = value;
    else if (REFUSED.has(name) && value !== '' && value !== '0') throw notSupported(name);
    else if (!REFUSED.has(name) && !IGNORED.has(name)) settings[name] = value;
  }
  return {
    query: known.query ?? '',
    queryId: known.query_id || undefined,
    database: known.database || undefined,
    format: known.default_format || undefined,
    settings,
    parameters,
  };
}

export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function notSupported(name: string): ClickHouseException {
  const why = name === 'session_id' ? ': each statement has a session of its own' : '';
  return new ClickHouseException(48, 'NOT_IMPLEMENTED', `${name} is not supported by the embedded engine${why}`);
}
