import { ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { MixedCurrenciesError } from '#clickhouse/aggregates/costs.ts';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';

/** What ClickHouse's error codes mean for the caller. Any other code is an error in our query. */
const warehouseProblems: Record<string, ProblemCode> = {
  '': 'warehouse_unavailable', // no response
  60: 'warehouse_unavailable', // UNKNOWN_TABLE, before the first migration
  75: 'warehouse_unavailable', // CANNOT_WRITE_TO_FILE_DESCRIPTOR, as on a full disk
  81: 'warehouse_unavailable', // UNKNOWN_DATABASE
  209: 'warehouse_unavailable', // SOCKET_TIMEOUT
  210: 'warehouse_unavailable', // NETWORK_ERROR
  236: 'warehouse_unavailable', // ABORTED, by a server that stops
  243: 'warehouse_unavailable', // NOT_ENOUGH_SPACE
  516: 'warehouse_unavailable', // AUTHENTICATION_FAILED
  158: 'too_slow', // TOO_MANY_ROWS
  159: 'too_slow', // TIMEOUT_EXCEEDED
  160: 'too_slow', // TOO_SLOW
  241: 'too_slow', // MEMORY_LIMIT_EXCEEDED
  307: 'too_slow', // TOO_MANY_BYTES
  396: 'too_slow', // TOO_MANY_ROWS_OR_BYTES
  201: 'warehouse_busy', // QUOTA_EXCEEDED
  202: 'warehouse_busy', // TOO_MANY_SIMULTANEOUS_QUERIES
};

/** The one place where errors become problems. An unknown error becomes `internal_error` and reveals nothing. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WarehouseError) return new Problem(warehouseProblems[error.code] ?? 'internal_error');
  if (error instanceof MixedCurrenciesError) return new Problem('mixed_currencies');
  if (error instanceof ServiceError || error instanceof NamespaceNotFoundError) {
    return new Problem('temporal_unavailable');
  }
  if (error instanceof URIError) return new Problem('not_found');
  // Errors of Express's body parser carry a type and a status.
  const { type, status = 500 } = error as { type?: string; status?: number };
  if (type === 'entity.too.large') return new Problem('body_too_large');
  if (status === 415) return new Problem('unsupported_media_type');
  if (status >= 400 && status < 500) return new Problem('invalid_json');
  return new Problem('internal_error');
}
