import { readBudget } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import { budgetAlertFacts } from '#domain/budgets/alert-facts.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { today } from '#domain/day.ts';

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
  return budgetAlertFacts(budget, subject, evaluateBudget(budget, { ...on, spend }), on.today);
}
