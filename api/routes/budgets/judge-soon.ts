import type { Client } from '@temporalio/client';
import type { Budget } from '#domain/budgets/budget.ts';
import { judgeBudget } from '#workflows/contract/commands.ts';

/** A budget is stored by then, and is not worth a longer wait. */
const DEADLINE_MS = 2000;

/** Has a budget judged soon. Where Temporal does not respond, the next sync judges it. */
export async function judgeSoon(
  temporal: Client,
  tenant_id: string,
  { budget_id, revision }: Pick<Budget, 'budget_id' | 'revision'>,
): Promise<void> {
  const judge = () => judgeBudget(temporal, { tenant_id, budget_id, revision });
  await temporal.withDeadline(Date.now() + DEADLINE_MS, judge).catch(() => {});
}
