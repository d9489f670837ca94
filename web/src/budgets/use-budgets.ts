import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { useJson } from '../api/use-fetch.ts';

/** The path of the list, and its key among the queries. */
export const BUDGETS = '/v1/budgets';

/** All budgets of the tenant with their state. */
export function useBudgets() {
  const { data, error } = useJson<{ data: BudgetView[] }>(BUDGETS);
  return { budgets: data?.data, error };
}
