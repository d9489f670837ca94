import { useMemo } from 'react';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { useJson } from '../api/use-fetch.ts';
import { useNames } from '../costs/data/use-names.ts';
import { INTEGRATIONS } from '../integrations/use-integrations.ts';
import { namesById } from './counted-costs.ts';

/** The names of all that budgets or channels select, by id. */
export function useFilterNames(selections: readonly Pick<BudgetView, 'filters'>[]): ReadonlyMap<string, string> {
  const filters: BudgetView['filters'] = Object.assign({}, ...selections.map(({ filters }) => filters));
  const { data } = useJson<{ data: IntegrationView[] }>(filters.integration_id ? INTEGRATIONS : null);
  const names = useNames(filters);
  return useMemo(() => namesById(names, data?.data ?? []), [names, data]);
}
