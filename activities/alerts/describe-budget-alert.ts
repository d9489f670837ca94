import { readCostChanges } from '#clickhouse/anomalies/read-changes.ts';
import { readBudget } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import { daysInWords } from '#domain/alerts/in-words.ts';
import { budgetAlertFacts } from '#domain/budgets/alert-facts.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import { comparedPeriod } from '#domain/budgets/compared-period.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { explainCosts } from '#domain/causes/explain-costs.ts';
import { explainInWords } from '#domain/causes/in-words.ts';
import { type Day, type DayRange, today } from '#domain/day.ts';

/** @returns undefined where the budget was deleted or changed since */
export async function describeBudgetAlert(
  warehouse: Warehouse,
  tenantId: string,
  subject: SubjectOf<'budget'>,
): Promise<AlertFacts | undefined> {
  const { budget_id, revision, from, to } = subject;
  const budget = await readBudget(warehouse, tenantId, budget_id);
  if (budget?.revision !== revision) return undefined;
  const on = { today: today(), period: { from, to } };
  const spend = await readSpend(warehouse, tenantId, { budget, ...on });
  const why = await explainPeriod(warehouse, tenantId, budget, on);
  return budgetAlertFacts(budget, subject, evaluateBudget(budget, { ...on, spend }), on.today, why);
}

/** What rose since the period before; '' where nothing is known of that. */
async function explainPeriod(
  warehouse: Warehouse,
  tenantId: string,
  { period, filters, currency }: Budget,
  on: { today: Day; period: DayRange },
): Promise<string> {
  const { range, previous, compared } = comparedPeriod(period, on.period, on.today);
  const changes = await readCostChanges(warehouse, tenantId, {
    filters: { ...filters, currency: [currency] },
    ...{ range, compared, knownFrom: previous.from, isRecurring: false },
  });
  if (changes.every(({ before }) => before === '0')) return '';
  const what = `What costs more than in the same days of ${daysInWords(previous)}`;
  return explainInWords(explainCosts(changes, range.from), currency, what);
}
