import { readBudget } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import { isQuietBeside } from '#domain/budgets/alert.ts';
import { budgetAlertFacts } from '#domain/budgets/alert-facts.ts';
import { comparedPeriod } from '#domain/budgets/compared-period.ts';
import { evaluateBudget, reachedThresholds } from '#domain/budgets/evaluate-budget.ts';
import { today } from '#domain/day.ts';
import { daysInWords } from '#domain/in-words.ts';
import { explainSpend } from './explain-spend.ts';

/** @returns undefined where the budget was deleted or changed since, and where the threshold is not the worst any more */
export async function describeBudgetAlert(
  warehouse: Warehouse,
  tenantId: string,
  { budget_id, revision, from, to, of, percent, is_quiet }: SubjectOf<'budget'> & { is_quiet: boolean },
): Promise<AlertFacts | undefined> {
  const budget = await readBudget(warehouse, tenantId, budget_id);
  if (budget?.revision !== revision) return undefined;
  const on = { today: today(), period: { from, to } };
  const spend = await readSpend(warehouse, tenantId, { budget, ...on });
  const evaluation = evaluateBudget(budget, { ...on, spend });
  const threshold = { of, percent };
  if (reachedThresholds({ ...budget, thresholds: [threshold] }, evaluation).length === 0) return undefined;
  // What stood for a quiet one may have been restated: the next sync tells what is worst then.
  if (is_quiet && !isQuietBeside(threshold, reachedThresholds(budget, evaluation))) return undefined;
  const compared = comparedPeriod(budget.period, on.period, on.today);
  const before = `the same days of ${daysInWords(compared.previous)}`;
  const explained = is_quiet ? undefined : await explainSpend(warehouse, tenantId, { ...budget, ...compared, before });
  return budgetAlertFacts(budget, threshold, evaluation, on.today, explained);
}
