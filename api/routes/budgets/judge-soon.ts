import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Budget } from '#domain/budgets/budget.ts';
import { judgeBudget } from '#workflows/contract/commands.ts';

/** A budget is stored by then, and is not worth a longer wait of its caller. */
const PATIENCE_MS = 2_000;
/** How long Temporal may take all the same: longer than a busy one does. */
const DEADLINE_MS = 30_000;

/** Has a budget judged soon. Where Temporal does not respond, the next sync judges it. */
export async function judgeSoon(
  temporal: Client,
  tenant_id: string,
  { budget_id, revision }: Pick<Budget, 'budget_id' | 'revision'>,
): Promise<void> {
  const judge = () => judgeBudget(temporal, { tenant_id, budget_id, revision });
  const judged = temporal.withDeadline(Date.now() + DEADLINE_MS, judge).catch(() => {});
  await Promise.race([judged, delay(PATIENCE_MS, undefined, { ref: false })]);
}
