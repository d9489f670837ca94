import { useOverview } from '../overview/use-overview.ts';

/** The path of the list. */
export const BUDGETS = '/v1/budgets';

/** All budgets of the tenant with their state. */
export function useBudgets() {
  const { overview, error } = useOverview();
  return { budgets: overview?.budgets, error };
}
