import { ClickHouseError } from '@clickhouse/client';
import { ClickHouseError as ClickHouseQueryError } from '@clickhouse/client-web';

/** A statement that ClickHouse refused, or did not respond to. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  /** ClickHouse's own code, as `241`; '' where it did not respond. */
  readonly code: string;
  readonly queryId: string;
  constructor(message: string, code: string, queryId: string) {
    super(message);
    this.code = code;
    this.queryId = queryId;
  }
}

/**
 * The error that callers get for a statement that failed. ClickHouse quotes rows and SQL in its messages, so only its
 * code and type are passed on. A row that does not have the expected shape stays a ZodError.
 */
export function toWarehouseError(error: unknown, statement: string, queryId: string): unknown {
  if (error instanceof ClickHouseError || error instanceof ClickHouseQueryError) {
    const type = error.type ? ` (${error.type})` : '';
    const message = `ClickHouse refused "${statement}" with error ${error.code}${type}. Find query ${queryId} in its log.`;
    return new WarehouseError(message, error.code, queryId);
  }
  if (error instanceof Error && error.name === 'ZodError') return error;
  // What `fetch` throws has the reason as its cause.
  const { code } = ((error as Error).cause ?? error) as { code?: string };
  const reason = code ? ` (${code})` : '';
  return new WarehouseError(
    `ClickHouse did not respond to "${statement}"${reason}. Check that it runs and can be reached.`,
    '',
    queryId,
  );
}
