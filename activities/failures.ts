import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { MoneyError } from '#clickhouse/writes/scale.ts';
import { SealingError } from '#credentials/sealing.ts';
import { ProviderError } from '#providers/http/error.ts';

/** The key's owner has to act: trying again with the same key is of no use. */
const KEY_FAULTS = ['key_rejected', 'scope_missing'] as const;

/**
 * The one place where our typed errors become Temporal failures. The failure's `type` is the error's kind; its
 * message is ours: no text of OpenAI's or ClickHouse's, no cause that could carry any.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ProviderError) {
    const { kind, message, retryAfterMs } = error;
    return ApplicationFailure.create({
      type: kind,
      message,
      nonRetryable: kind === 'bad_request' || KEY_FAULTS.some((fault) => fault === kind),
      ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
      // An expected wait is not an alarm.
      ...(kind === 'rate_limited' && { category: ApplicationFailureCategory.BENIGN }),
    });
  }
  if (error instanceof WarehouseError) {
    return ApplicationFailure.retryable(`${error.message} (query ${error.queryId})`, 'warehouse_unavailable');
  }
  if (error instanceof SealingError) return ApplicationFailure.retryable(error.message, 'credential_unreadable');
  if (error instanceof MoneyError) return ApplicationFailure.nonRetryable(error.message, 'amount_out_of_range');
  return error;
}
