import type { ClickHouseClientConfigOptions } from '@clickhouse/client';
import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { httpAgent } from './http-agent.ts';

export type WarehouseOptions = { url: string; user: string; password: string; database: string; application: string };

// Of each client. A page's requests run beside each other: with ten connections, the default for Node, others would wait.
export const MAX_CONNECTIONS = 100;

/** A server notices that a connection was closed, and cancels the query, only where the query is read-only. */
export const CANCEL_ON_DISCONNECT = { cancel_http_readonly_queries_on_client_close: 1, readonly: '2' } as const;

/** What one read may take of the server, whatever its user's profile allows; sorting and grouping use the disk from half of it on. */
export const READ_LIMITS = { max_memory_usage: '4000000000' } as const;

/** Each statement may reach another replica: it has to see what was written before. One server ignores it. */
export const AFTER_WRITES = { select_sequential_consistency: '1' } as const;

/**
 * For writes that something is decided by: on replicas of one's own, a read sees those alone that a majority has. One
 * insert at a time goes into such a table then, so days, which are many and are read again, do without.
 */
export const BY_MAJORITY = { insert_quorum: 'auto', insert_quorum_parallel: 0 } as const;

/**
 * What a purge has asked to be deleted is read by no statement, although it is on the disk until its mutations are done.
 * The views say the same for those who read them by other clients.
 */
const WITHOUT_DELETED = { apply_mutations_on_fly: '1' } as const;

/** Each read of a table within a statement is of the same parts, so that an answer is of one state. */
const OF_ONE_STATE = { enable_shared_storage_snapshot_in_query: '1' } as const;

/** Options that all clients share: exact decimals as text, nothing logged. */
export function sharedOptions({ url, user, password, database, application }: WarehouseOptions) {
  return {
    url,
    username: user,
    password,
    database,
    application,
    clickhouse_settings: {
      output_format_json_quote_decimals: 1,
      output_format_json_quote_64bit_integers: 1,
      ...WITHOUT_DELETED,
      ...OF_ONE_STATE,
    },
    log: { level: 127 }, // off: callers get typed errors, and log each once
  } satisfies ClickHouseClientConfigOptions;
}

/** Those of the clients for Node, which keep connections. */
export const clientOptions = (options: WarehouseOptions) =>
  ({ ...sharedOptions(options), ...httpAgent(options.url, MAX_CONNECTIONS) }) satisfies ClickHouseClientConfigOptions;

/** Rows for a server on this machine go as they are. Others at level 1: a third of the CPU of the default level. */
export function requestCompression(url: string) {
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);
  return isLocal ? false : ({ codec: 'gzip', level: 1 } as const);
}

/** A statement in a trace: the id leads to its SQL in the server's own log. */
export const statementSpan = (queryId: string): SpanOptions => ({
  kind: SpanKind.CLIENT,
  attributes: { 'db.system.name': 'clickhouse', 'clickhouse.query_id': queryId },
});
