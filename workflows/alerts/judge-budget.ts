import { upsertSearchAttributes } from '@temporalio/workflow';
import { judgeBudget as judge } from '../activities/activity-proxies.ts';
import type { BudgetToJudge } from '../contract/messages.ts';
import { tenantId } from '../contract/search-attributes.ts';
import { checkInput } from '../input/check-input.ts';

/** Judges a budget that was created or changed a moment ago, which would else wait for the next sync. */
export async function judgeBudget(budget: BudgetToJudge): Promise<void> {
  checkInput(budget, ['tenant_id', 'budget_id']);
  upsertSearchAttributes([{ key: tenantId, value: budget.tenant_id }]);
  await judge(budget);
}
