import { useSearchParams } from 'wouter';
import { type Dimension, dimensions } from './dimensions.ts';
import { daysOfRange, defaultRange, type RangeText } from './range.ts';

export type Filters = Partial<Record<Dimension, readonly string[]>>;
/** What is looked at. All of it stands in the address, so that the address can be sent to somebody. */
export type View = {
  range: RangeText;
  by: Dimension;
  filters: Filters;
  /** ISO 4217, lower case; undefined where everything is in one. */
  currency: string | undefined;
};

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
    currency: /^[a-z]{3}$/.exec(query.get('currency')?.toLowerCase() ?? '')?.[0],
  };
}

export function describeView(view: View): URLSearchParams {
  return new URLSearchParams([['range', view.range], ['by', view.by], ...selectionOf(view)]);
}

/** What the view is narrowed to, as the API and the address have it. */
export function selectionOf({ filters, currency }: Pick<View, 'filters' | 'currency'>): [string, string][] {
  const values = dimensions.flatMap((name) => (filters[name] ?? []).map((value): [string, string] => [name, value]));
  return currency === undefined ? values : [...values, ['currency', currency]];
}

/** Only this value of the dimension, and a level deeper where everything would be of one colour. */
export function focusOn(view: View, dimension: Dimension, value: string): View {
  const filters = { ...view.filters, [dimension]: [value] };
  const deeper = dimensions.find((next) => !(next in filters));
  return { ...view, filters, by: view.by === dimension ? (deeper ?? view.by) : view.by };
}

/** With the value among those that are filtered by, or without it where it was. */
export function toggleFilter(view: View, dimension: Dimension, value: string): View {
  const { [dimension]: values = [], ...others } = view.filters;
  const left = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  return { ...view, filters: left.length > 0 ? { ...others, [dimension]: left } : others };
}

/** The view in the address, and how to go to another one. */
export function useView(today: string): [View, (view: View, how?: { replace: boolean }) => void] {
  const [query, setQuery] = useSearchParams();
  const go = (view: View, how?: { replace: boolean }) => setQuery(withTable(describeView(view), tableOf(query)), how);
  return [parseView(query, today), go];
}

export type Table = 'groups' | 'days';
const tableOf = (query: URLSearchParams): Table => (query.get('table') === 'days' ? 'days' : 'groups');
const withTable = (query: URLSearchParams, table: Table) => {
  const others = [...query].filter(([name]) => name !== 'table');
  return new URLSearchParams(table === 'days' ? [...others, ['table', table]] : others);
};

/** Which table is seen, also in the address; but nothing is asked for it. */
export function useTable(): [Table, (table: Table) => void] {
  const [query, setQuery] = useSearchParams();
  return [tableOf(query), (table) => setQuery(withTable(query, table), { replace: true })];
}
