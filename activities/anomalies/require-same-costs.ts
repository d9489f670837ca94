import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { readCostsState } from '#clickhouse/anomalies/costs-state.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';

/**
 * What costs rose and why is read one after the other. Of two states, a day and its week would be told by both, or by
 * the causes of another amount.
 * @param state of the costs before they were read
 * @throws ApplicationFailure `costs_changed`, to be tried again
 */
export async function requireSameCosts(
  warehouse: Warehouse,
  key: IntegrationKey,
  { from, state }: { from: Day; state: string | undefined },
): Promise<void> {
  if ((await readCostsState(warehouse, key, from)) === state) return;
  throw ApplicationFailure.create({
    type: 'costs_changed',
    message: 'A sync has written costs while they were judged. They are judged again.',
    nextRetryDelay: '5 seconds',
    category: ApplicationFailureCategory.BENIGN,
  });
}
