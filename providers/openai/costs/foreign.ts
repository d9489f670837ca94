import type { Day, DayRange } from '#domain/day.ts';
import { type Decimal, sumDecimals } from '#domain/decimal.ts';
import type { DayFacts, DayWindow } from '../../reports/day-window.ts';
import type { CostFact } from './cost-row.ts';

/**
 * `organization_id`: the organization whose costs are read; missing or '' where it is not known. `isOutline`: by project
 * and line item alone.
 */
export type CostsQuery = DayRange & { organization_id?: string; isOutline?: boolean };

/** What one day's response lists of another organization: how many rows, and their sum as canonical decimal text. */
export type ForeignCosts = { day: Day; organization_id: string; facts: number; amount: Decimal; currency: string };

/** Whether a row names another organization. A row that names none is of the key's own. */
export function isForeign(fact: CostFact, { organization_id = '' }: CostsQuery): boolean {
  return organization_id !== '' && fact.organization_id !== '' && fact.organization_id !== organization_id;
}

/**
 * Takes the rows of other organizations out of a window. Where it is not known whose costs are read, or all rows are of
 * others, days of several organizations, or of others, are unreadable: any choice could bill one for another.
 */
export function withoutForeign(
  window: DayWindow<CostFact>,
  query: CostsQuery,
): DayWindow<CostFact> & { foreign: ForeignCosts[] } {
  const named = organizationsOf(window.days.flatMap(({ facts }) => facts));
  // Rows of others alone: rather was the integration's organization told wrongly than that it has no costs.
  const isOwnUnknown = !query.organization_id || !named.has(query.organization_id);
  const allowed = query.organization_id ? 0 : 1;
  const isOfSeveral = ({ facts }: DayFacts<CostFact>) => isOwnUnknown && organizationsOf(facts).size > allowed;
  const days = window.days.filter((day) => !isOfSeveral(day));
  const mixed = window.days.filter(isOfSeveral).map(({ day }) => ({ day, reason: 'several_organizations' as const }));
  return {
    ...window,
    days: days.map((day) => ({ ...day, facts: day.facts.filter((fact) => !isForeign(fact, query)) })),
    unreadable: [...window.unreadable, ...mixed],
    foreign: days.flatMap(({ day, facts }) =>
      reportOf(
        day,
        facts.filter((fact) => isForeign(fact, query)),
      ),
    ),
  };
}

function organizationsOf(facts: CostFact[]): Set<string> {
  return new Set(facts.map(({ organization_id }) => organization_id).filter((id) => id !== ''));
}

function reportOf(day: Day, facts: CostFact[]): ForeignCosts[] {
  const groups = Map.groupBy(facts, ({ organization_id, currency }) => `${organization_id} ${currency}`);
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { organization_id, currency } = first;
    return {
      day,
      organization_id,
      facts: rows.length,
      amount: sumDecimals(rows.map(({ amount }) => amount)),
      currency,
    };
  });
}
