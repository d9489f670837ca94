import { readCostChanges } from '#clickhouse/anomalies/read-changes.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import { usualDays } from '#domain/anomalies/ranges.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import type { Causes } from '#domain/causes/causes.ts';
import { explainCosts, mostOf } from '#domain/causes/explain-costs.ts';
import { causesInWords } from '#domain/causes/in-words.ts';
import { type Day, type DayRange, earlierDay } from '#domain/day.ts';

/** What was spent in `range`, beside the days of the previous one that it is compared with; `before` names these. */
type Spent = Pick<Budget, 'filters' | 'currency'> & {
  range: DayRange;
  previous: DayRange;
  days: readonly Day[];
  before: string;
};

/** What rose since the days before, where each day of both was read; else what most was spent for. `missing_days`: of `range`. */
export async function explainSpend(
  warehouse: Warehouse,
  tenantId: string,
  { filters, currency, range, previous, days, before }: Spent,
): Promise<{ why: string; causes: Causes; missing_days: readonly Day[] }> {
  const integrations = filters.integration_id;
  const read = await readFreshness(warehouse, tenantId, { ...range, previous_from: previous.from, integrations });
  const isKnown = read.missing_days.length === 0 && !days.some((day) => read.missing_before.includes(day));
  const changes = await readCostChanges(warehouse, tenantId, {
    filters: { ...filters, currency: [currency] },
    ...{ range, isRecurring: false },
    // The week before says of nothing that it is old.
    knownFrom: earlierDay(previous.from, usualDays(range)[0] ?? range.from),
    compared: { days: isKnown ? days : [], times: 1 },
  });
  const rise = isKnown ? explainCosts(changes, range.from, 'previous_period') : undefined;
  const causes = rise && rise.reasons.length > 0 ? rise : mostOf(changes);
  return {
    missing_days: read.missing_days,
    causes,
    why: causesInWords(causes, currency, `What costs more than in ${before}`),
  };
}
