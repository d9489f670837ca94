import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';

/** What a request says about a statement, in its URL, form and headers. */
export type Parameters = {
  query: string;
  queryId: string | undefined;
  database: string | undefined;
  format: string | undefined;
  session: SessionParameters | undefined;
  /** The files of a form. */
  external: ExternalTable[];
  /** Whether the body, and the response, are in ClickHouse's own compressed blocks. */
  decompress: boolean;
  compress: boolean;
  /** The revision of the protocol that the client speaks; blocks in the Native format depend on it. */
  revision: number;
  settings: Record<string, string>;
  parameters: Record<string, string>;
};

/** A file of a form, and the fields that say how to read it: a table that one statement sees. */
export type ExternalTable = { name: string; structure: string; format: string; data: Buffer };

/** The session that a statement runs in; with `check`, it must be there already. */
export type SessionParameters = { id: string; timeout: string | undefined; check: boolean };

// Parameters of the protocol that have no effect here; all other names are settings of the engine.
const IGNORED = new Set([
  'user',
  'password',
  'quota_key',
  'wait_end_of_query', // every result is complete before its first byte is sent
  'buffer_size',
  'stacktrace',
]);
const KNOWN = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'compress',
  'decompress',
  'client_protocol_version',
]);

/** Reads URL and headers as ClickHouse does: `param_x` is a query parameter, an unknown name is a setting. */
export function readParameters(url: URL, request: IncomingMessage): Parameters {
  const parameters = readFields(url.searchParams);
  parameters.database ??= header(request, 'x-clickhouse-database');
  parameters.format ??= formatName(header(request, 'x-clickhouse-format'));
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
    else if (KNOWN.has(name)) known[name] = value;
    else if (name === 'role') refuseRole(value);
    else if (!IGNORED.has(name)) settings[name] = value;
  }
  return {
    query: known.query ?? '',
    queryId: known.query_id || undefined,
    database: known.database || undefined,
    format: formatName(known.default_format),
    session: known.session_id
      ? { id: known.session_id, timeout: known.session_timeout, check: known.session_check === '1' }
      : undefined,
    external: [],
    decompress: isOn(known.decompress),
    compress: isOn(known.compress),
    revision: Number(known.client_protocol_version) || 0,
    settings,
    parameters,
  };
}

export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** The name becomes part of the statement. */
function formatName(name: string | undefined): string | undefined {
  if (name === undefined || /^\w*$/.test(name)) return name || undefined;
  throw new ClickHouseException(73, 'UNKNOWN_FORMAT', 'Unknown format');
}

function refuseRole(value: string): void {
  if (value === '') return;
  throw new ClickHouseException(48, 'NOT_IMPLEMENTED', 'role is not supported by the embedded engine');
}
