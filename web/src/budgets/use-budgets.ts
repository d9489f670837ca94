import { partOf } from '../overview/overview-part.ts';
import { useOverview } from '../overview/use-overview.ts';

/** The path of the list. */
export const BUDGETS = '/v1/budgets';

/** All budgets of the tenant with their state. */
export function useBudgets() {
  const { data: budgets, error } = partOf('budgets', useOverview());
  return { budgets, error };
}
