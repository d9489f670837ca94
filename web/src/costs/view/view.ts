import { useSearchParams } from 'wouter';
import { type Dimension, dimensions } from './dimensions.ts';
import { daysOfRange, defaultRange, type RangeText } from './range.ts';

export type Filters = Partial<Record<Dimension, readonly string[]>>;
/** What the page shows. The address holds all of it, so that a link shows the same. */
export type View = {
  range: RangeText;
  by: Dimension;
  filters: Filters;
  /** The id of the only integration that is shown; undefined for all. */
  integration: string | undefined;
  /** As OpenAI writes it, lower case: ISO 4217, or any other code; undefined if all costs are in one currency. */
  currency: string | undefined;
};

/** The view of an address. Missing or invalid parts get their default. */
function parseView(query: URLSearchParams, today: string): View {
  const range = query.get('range') ?? '';
  const filters = dimensions.flatMap((dimension) => {
    const values = [...new Set(query.getAll(dimension))];
    return values.length > 0 ? [[dimension, values] as const] : [];
  });
  return {
    range: daysOfRange(range, today) ? range : defaultRange(today),
    by: dimensions.find((dimension) => dimension === query.get('by')) ?? 'project_id',
    filters: Object.fromEntries(filters),
    integration: query.get('integration_id') || undefined,
    currency: /^\S{1,32}$/.exec(query.get('currency')?.toLowerCase() ?? '')?.[0],
  };
}

/** The view as parameters of the address. */
function viewQuery(view: View): URLSearchParams {
  return new URLSearchParams([['range', view.range], ['by', view.by], ...selectionOf(view)]);
}

/** The filters as parameters of the API and of the address. */
export function selectionOf({ filters, integration, currency }: View): [string, string][] {
  const values = dimensions.flatMap((name) => (filters[name] ?? []).map((value): [string, string] => [name, value]));
  if (integration !== undefined) values.push(['integration_id', integration]);
  if (currency !== undefined) values.push(['currency', currency]);
  return values;
}

/** Filters by one value. If the view was grouped by its dimension, groups by the next one: else it had one group. */
export function narrowTo(view: View, dimension: Dimension, value: string): View {
  const filters = { ...view.filters, [dimension]: [value] };
  const deeper = dimensions.find((next) => !(next in filters));
  return { ...view, filters, by: view.by === dimension ? (deeper ?? view.by) : view.by };
}

/** Adds a value to the filters, or removes it. */
export function toggleFilter(view: View, dimension: Dimension, value: string): View {
  const { [dimension]: values = [], ...others } = view.filters;
  const left = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  return { ...view, filters: left.length > 0 ? { ...others, [dimension]: left } : others };
}

/** Navigates to a view; the table stays, unless another one is named. */
export type Navigate = (view: View, how?: { replace?: boolean; table?: Table }) => void;

/** The view of the address, and a function that navigates to another one. */
export function useView(today: string): [View, Navigate] {
  const [query, setQuery] = useSearchParams();
  const navigate: Navigate = (view, { replace = false, table = tableOf(query) } = {}) =>
    setQuery(withTable(viewQuery(view), table), { replace });
  return [parseView(query, today), navigate];
}

export type Table = 'groups' | 'days';
const tableOf = (query: URLSearchParams): Table => (query.get('table') === 'days' ? 'days' : 'groups');
const withTable = (query: URLSearchParams, table: Table) => {
  const others = [...query].filter(([name]) => name !== 'table');
  return new URLSearchParams(table === 'days' ? [...others, ['table', table]] : others);
};

/** Which table is open. It is in the address, too, but not in the view: a change of it fetches nothing. */
export function useTable(): [Table, (table: Table) => void] {
  const [query, setQuery] = useSearchParams();
  return [tableOf(query), (table) => setQuery(withTable(query, table), { replace: true })];
}
