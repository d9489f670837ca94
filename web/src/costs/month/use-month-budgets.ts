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
  /** Of what the view is filtered by, by id. */
  names: ReadonlyMap<string, string>;
  integrations: readonly IntegrationView[] | undefined;
};

/** The budget of the costs that a view shows. Where budgets cannot be read, none is set. */
export function useMonthBudgets({ view, currency, names, integrations = [] }: Given): MonthBudgets {
  const { budgets, error } = useBudgets();
  const mayChange = useMay('budgets:write');
  return useMemo(() => {
    // The only organization's id filters nothing: a link may have it, and the page does not display it.
    const isOnly = integrations.length === 1 && integrations[0]?.id === view.integration;
    const shown = isOnly ? { ...view, integration: undefined } : view;
    const filters = filtersOf(shown);
    return {
      budget: budgets && currency !== undefined ? (budgetOf(shown, currency, budgets) ?? null) : undefined,
      filters,
      counted: describeFilters(filters, namesById(names, integrations)),
      failed: error !== undefined,
      mayChange,
    };
  }, [budgets, error, view, currency, names, integrations, mayChange]);
}
