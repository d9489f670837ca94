import { readCostChanges } from '#clickhouse/anomalies/read-changes.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { comparedWith, usualDays } from '#domain/anomalies/ranges.ts';
import type { CostChange } from '#domain/causes/cost-change.ts';
import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';

/** What rose and fell in a range, beside what is usual. */
export function readRangeChanges(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  range: DayRange,
): Promise<CostChange[]> {
  return readCostChanges(warehouse, tenant_id, {
    filters: { integration_id: [integration_id] },
    range,
    compared: comparedWith(range),
    knownFrom: usualDays(range)[0] ?? range.from,
    isRecurring: true,
  });
}
