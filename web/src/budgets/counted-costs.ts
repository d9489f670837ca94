import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { compareDecimals } from '#domain/decimal.ts';
import { pageQuery } from '#domain/page-address.ts';
import { dimensionName, dimensions, labelOf } from '../costs/view/dimensions.ts';
import type { View } from '../costs/view/view.ts';
import { distinctName } from '../integrations/organization-name.ts';

type Filters = BudgetView['filters'];
type Selection = Pick<View, 'filters' | 'integration'>;

/** The filters of a view as a budget has them. */
export function filtersOf({ filters, integration }: Selection): Filters {
  const given = Object.entries(filters).map(([name, values]): [string, string[]] => [name, [...values]]);
  return Object.fromEntries(integration === undefined ? given : [...given, ['integration_id', [integration]]]);
}

/** The monthly budget of just the costs that a view shows; of several, the lowest. */
export function budgetOf(view: Selection, currency: string, budgets: readonly BudgetView[]): BudgetView | undefined {
  const counted = textOf(filtersOf(view));
  return budgets
    .filter((each) => each.period === 'month' && each.currency === currency && textOf(each.filters) === counted)
    .toSorted((a, b) => compareDecimals(a.amount, b.amount))[0];
}

/** The same for filters in any order. */
const textOf = (filters: Filters) =>
  JSON.stringify(
    Object.entries(filters)
      .map(([name, values]) => [name, values.toSorted()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The page with just these costs; undefined if it has no such filter. */
export function costsOf(costs: Parameters<typeof pageQuery>[0]): string | undefined {
  const query = pageQuery(costs);
  return query === undefined ? undefined : `/?${query}`;
}

/** Names by id: those given, and those of organizations, which are told apart. */
export const namesById = (
  names: ReadonlyMap<string, string>,
  integrations: readonly IntegrationView[],
): ReadonlyMap<string, string> =>
  new Map([...names, ...integrations.map((each) => [each.id, distinctName(each, integrations)] as const)]);

/** What a budget counts, in words. `names`: by id. */
export function describeFilters(filters: Filters, names: ReadonlyMap<string, string>): string {
  const parts = Object.entries(filters).map(([name, values]) => {
    const dimension = dimensions.find((each) => each === name);
    const title = dimension ? dimensionName[dimension] : (otherNames[name] ?? name.replaceAll('_', ' '));
    const label = (value: string) =>
      dimension ? labelOf(dimension, value, names.get(value)) : (names.get(value) ?? value) || 'none';
    return `${title}: ${values.map(label).join(' or ')}`;
  });
  return parts.length === 0 ? 'All costs' : parts.join(' · ');
}

const otherNames: Record<string, string> = {
  integration_id: 'Organization',
  line_item: 'Line item',
  modality: 'Modality',
};
