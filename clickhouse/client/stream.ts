import { randomUUID } from 'node:crypto';
import { addAbortSignal } from 'node:stream';
import { type ClickHouseSettings, createClient } from '@clickhouse/client';
import { errorType, markFailed, traceHeaders, tracer } from '#tracing/span.ts';
import { awaitFirstChunk, holdBackEnd } from './complete-stream.ts';
import { CANCEL_ON_DISCONNECT, clientOptions, READ_LIMITS, statementSpan, type WarehouseOptions } from './options.ts';
import { toWarehouseError } from './warehouse-error.ts';

/** A query whose response is bytes in one of ClickHouse's formats; aborting `signal` cancels it. */
export type StreamQuery = {
  name: string;
  sql: string;
  params: Record<string, unknown>;
  format: string;
  settings: ClickHouseSettings;
  signal: AbortSignal;
};

// A stream lasts as long as its reader takes. If nothing moves for a while, the reader is gone without notice.
const STREAM_SECONDS = 3600;
const STANDSTILL_SECONDS = 300;

/** Reads responses as bytes. The connections are its own, so that slow readers never block other queries. */
export function openStreams(options: WarehouseOptions) {
  const client = createClient({
    ...clientOptions(options),
    request_timeout: STANDSTILL_SECONDS * 1000,
    compression: { request: false, response: false }, // costs more than it saves where bytes are only passed on
  });

  async function* read({ name, sql, params, format, settings, signal }: StreamQuery): AsyncGenerator<Buffer> {
    const query_id = randomUUID();
    const span = tracer.startSpan(name, statementSpan(query_id));
    try {
      const { stream, response_headers } = await client.exec({
        query: `${sql}\nFORMAT ${format}`,
        query_params: params,
        query_id,
        http_headers: traceHeaders(),
        abort_signal: signal,
        clickhouse_settings: {
          ...READ_LIMITS,
          max_execution_time: STREAM_SECONDS,
          timeout_before_checking_execution_speed: 0,
          log_comment: name,
          // If on, an exception in the middle becomes the last row of a regular response. Off, the server cuts it.
          http_write_exception_in_output_format: 0,
          ...CANCEL_ON_DISCONNECT,
          ...settings,
        },
      });
      yield* holdBackEnd(addAbortSignal(signal, stream), response_headers['x-clickhouse-exception-tag'] as string);
    } catch (error) {
      markFailed(span, errorType(error));
      signal.throwIfAborted();
      throw toWarehouseError(error, name, query_id);
    } finally {
      span.end();
    }
  }

  return {
    stream: (query: StreamQuery): Promise<AsyncIterable<Buffer>> => awaitFirstChunk(read(query)),
    close: () => client.close(),
  };
}
