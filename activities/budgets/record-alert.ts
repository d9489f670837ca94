import { writeAlertEvent } from '#clickhouse/alerts/alerts.ts';
import { readBudget } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { AlertSubject } from '#domain/budgets/alert.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { today } from '#domain/day.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** `raised_at`: unix milliseconds, so that a second attempt writes the same event. */
export type AlertToRecord = AlertSubject & { tenant_id: string; is_quiet: boolean; raised_at: number };

/**
 * Records that an alert is raised, with the sums as they are now: histories hold no money.
 * @returns whether it did; a budget that was deleted or changed since raises nothing
 */
export async function recordAlert(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, is_quiet, raised_at, ...subject }: AlertToRecord,
): Promise<boolean> {
  const budget = await readBudget(warehouse, tenant_id, subject.budget_id);
  if (budget?.revision !== subject.revision) return false;
  const on = { today: today(), period: { from: subject.from, to: subject.to } };
  const spend = await readSpend(warehouse, tenant_id, { budget, ...on });
  const { spent, forecast } = evaluateBudget(budget, { ...on, spend });
  await writeAlertEvent(warehouse, tenant_id, {
    ...{ subject, budget, is_quiet, spent },
    forecast: forecast?.amount ?? null,
    event: 'raised',
    sequence: 0,
    at: raised_at,
  });
  return true;
}
