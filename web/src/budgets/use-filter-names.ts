import { useMemo } from 'react';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { useNames } from '../costs/data/use-names.ts';
import { useOverview } from '../overview/use-overview.ts';
import { namesById } from './counted-costs.ts';

/** The names of all that budgets or channels select, by id. */
export function useFilterNames(selections: readonly Pick<BudgetView, 'filters'>[]): ReadonlyMap<string, string> {
  const filters: BudgetView['filters'] = Object.assign({}, ...selections.map(({ filters }) => filters));
  const { overview } = useOverview();
  const names = useNames(filters);
  return useMemo(() => namesById(names, overview?.integrations ?? []), [names, overview]);
}
