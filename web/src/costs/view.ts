import { useSearchParams } from 'wouter';
import { type Dimension, dimensions } from './dimensions.ts';
import { daysOfRange, defaultRange, type RangeText } from './range.ts';

export type Filters = Partial<Record<Dimension, readonly string[]>>;
/** What is looked at. All of it stands in the address, so that the address can be sent to somebody. */
export type View = { range: RangeText; by: Dimension; filters: Filters };

/** The view that a query describes; what it leaves out, or what is not right in it, is the default's. */
export function parseView(query: URLSearchParams, today: string): View {
  const range = query.get('range') ?? '';
  const filters = dimensions.flatMap((dimension) => {
    const values = [...new Set(query.getAll(dimension))];
    return values.length > 0 ? [[dimension, values] as const] : [];
  });
  return {
    range: daysOfRange(range, today) ? range : defaultRange,
    by: dimensions.find((dimension) => dimension === query.get('by')) ?? 'project_id',
    filters: Object.fromEntries(filters),
  };
}

export function describeView({ range, by, filters }: View): URLSearchParams {
  return new URLSearchParams([['range', range], ['by', by], ...filterParameters(filters)]);
}

/** Filters as the API and the address have them. */
export const filterParameters = (filters: Filters): [string, string][] =>
  dimensions.flatMap((dimension) => (filters[dimension] ?? []).map((value): [string, string] => [dimension, value]));

/** Only this value of the dimension, and a level deeper where everything would be of one colour. */
export function focusOn(view: View, dimension: Dimension, value: string): View {
  const filters = { ...view.filters, [dimension]: [value] };
  const deeper = dimensions.find((next) => !(next in filters));
  return { ...view, filters, by: view.by === dimension ? (deeper ?? view.by) : view.by };
}

export function withoutFilter(view: View, dimension: Dimension): View {
  const { [dimension]: _, ...filters } = view.filters;
  return { ...view, filters };
}

/** The view in the address, and how to go to another one. */
export function useView(today: string): [View, (view: View) => void] {
  const [query, setQuery] = useSearchParams();
  return [parseView(query, today), (view) => setQuery(describeView(view))];
}
