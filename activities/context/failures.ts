import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { MoneyError } from '#clickhouse/day-rows/scale.ts';
import { SealingError } from '#credentials/sealing.ts';
import { isAccessProblem, isKeyProblem } from '#domain/integration.ts';
import { ProviderError, type ProviderErrorKind } from '#providers/http/error.ts';

/**
 * The one place where our typed errors become Temporal failures. The failure's `type` is the error's kind. Its message
 * is ours, and it has no cause: no text of OpenAI or ClickHouse enters a history.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ProviderError) {
    const { kind, message, retryAfterMs, host } = error;
    return ApplicationFailure.create({
      type: kind,
      message,
      nonRetryable: isLasting(kind),
      ...(host && { details: [host] }),
      ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
      // Waiting for a rate limit is expected, and no alarm.
      ...(kind === 'rate_limited' && { category: ApplicationFailureCategory.BENIGN }),
    });
  }
  if (error instanceof WarehouseError) {
    return ApplicationFailure.retryable(error.message, 'warehouse_unavailable');
  }
  if (error instanceof SealingError) return ApplicationFailure.nonRetryable(error.message, 'key_unreadable');
  if (error instanceof MoneyError) return ApplicationFailure.nonRetryable(error.message, 'amount_out_of_range');
  return error;
}

/** A retry of the same request would be refused again. */
const isLasting = (kind: ProviderErrorKind) =>
  kind === 'bad_request' ||
  kind === 'unreadable_days' ||
  kind === 'project_archived' ||
  isKeyProblem(kind) ||
  isAccessProblem(kind);
