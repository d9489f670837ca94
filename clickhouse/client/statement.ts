import { randomUUID } from 'node:crypto';
import { inSpan, traceHeaders } from '#tracing/span.ts';
import { statementSpan } from './options.ts';
import { requestScope } from './request-scope.ts';
import { toWarehouseError } from './warehouse-error.ts';

/** What each client is given beside a statement: the id in ClickHouse's log, and the trace that it belongs to. */
type Identity = { query_id: string; http_headers: Record<string, string> };

/** Runs a statement as a span, which ClickHouse's own log of spans continues, with typed errors. */
export function inStatement<R>(name: string, run: (identity: Identity) => Promise<R>): Promise<R> {
  const query_id = randomUUID();
  return inSpan(name, statementSpan(query_id), async () => {
    try {
      return await run({ query_id, http_headers: traceHeaders() });
    } catch (error) {
      requestScope.getStore()?.throwIfAborted();
      throw toWarehouseError(error, name, query_id);
    }
  });
}
