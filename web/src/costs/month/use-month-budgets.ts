import { useMemo } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { budgetOf, describeFilters, filtersOf, namesById } from '../../budgets/counted-costs.ts';
import { useBudgets } from '../../budgets/use-budgets.ts';
import { useMay } from '../../session/use-session.ts';
import type { View } from '../view/view.ts';
import type { MonthBudgets } from './month-budget.tsx';

type Given = {
  view: View;
  /** Undefined while it is not known. */
  currency: string | undefined;
  projectNames: ReadonlyMap<string, string>;
  integrations: readonly IntegrationView[] | undefined;
};

/** The budget of the costs that a view shows. Where budgets cannot be read, none is set. */
export function useMonthBudgets({ view, currency, projectNames, integrations = [] }: Given): MonthBudgets {
  const { budgets, error } = useBudgets();
  const mayChange = useMay('budgets:write');
  return useMemo(
    () => ({
      budget: budgets && currency !== undefined ? (budgetOf(view, currency, budgets) ?? null) : undefined,
      counted: describeFilters(filtersOf(view), namesById(projectNames, integrations)),
      failed: error !== undefined,
      mayChange,
    }),
    [budgets, error, view, currency, projectNames, integrations, mayChange],
  );
}
