import type { Client } from '@temporalio/client';
import type { Budget } from '#domain/budgets/budget.ts';
import { judgeBudget } from '#workflows/contract/commands.ts';

/** Has a budget judged soon. Nobody waits for it: where Temporal does not respond, the next sync judges it. */
export function startJudging(
  temporal: Client,
  tenant_id: string,
  { budget_id, revision }: Pick<Budget, 'budget_id' | 'revision'>,
): void {
  void judgeBudget(temporal, { tenant_id, budget_id, revision }).catch(() => {});
}
