import { readCostChanges } from '#clickhouse/anomalies/read-changes.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import { daysInWords } from '#domain/alerts/in-words.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import { explainCosts } from '#domain/causes/explain-costs.ts';
import { explainInWords, mostInWords } from '#domain/causes/in-words.ts';
import type { Day, DayRange } from '#domain/day.ts';

/** What was spent in `range`, beside the days before it that it is compared with. */
type Spent = Pick<Budget, 'filters' | 'currency'> & { range: DayRange; previous: DayRange; days: readonly Day[] };

/** What rose since the days before, where each day of both was read; else what most was spent for. */
export async function explainSpend(
  warehouse: Warehouse,
  tenantId: string,
  { filters, currency, range, previous, days }: Spent,
): Promise<string> {
  const integrations = filters.integration_id;
  const read = await readFreshness(warehouse, tenantId, { ...range, previous_from: previous.from, integrations });
  const isKnown = read.missing_days.length === 0 && !days.some((day) => read.missing_before.includes(day));
  const changes = await readCostChanges(warehouse, tenantId, {
    filters: { ...filters, currency: [currency] },
    ...{ range, knownFrom: previous.from, isRecurring: false },
    compared: { days: isKnown ? days : [], times: 1 },
  });
  const what = `What costs more than in the same days of ${daysInWords(previous)}`;
  const why = isKnown && explainInWords(explainCosts(changes, range.from), currency, what);
  return why || mostInWords(changes, currency);
}
