import type { DayRange } from '#domain/day.ts';
import { type Dimension, dimensions } from './dimensions.ts';
import { type Granularity, granularities, usualGranularity } from './periods.ts';
import { type Comparison, daysOfRange, defaultRange, LAST_MONTH, lastMonthOf, type RangeText } from './range.ts';

export type Filters = Partial<Record<Dimension, readonly string[]>>;
/** What the page shows. The address holds all of it, so that a link shows the same. */
export type View = {
  range: RangeText;
  /** What the range is divided into, where the reader has chosen it. */
  granularity: Granularity | undefined;
  comparison: Comparison;
  by: Dimension;
  filters: Filters;
  /** The id of the only integration that is shown; undefined for all. */
  integration: string | undefined;
  /** As OpenAI writes it, lower case: ISO 4217, or any other code; undefined if all costs are in one currency. */
  currency: string | undefined;
};

/** The view of an address. Missing or invalid parts get their default. */
export function parseView(query: URLSearchParams, today: string): View {
  const given = query.get('range') ?? '';
  const range = given === LAST_MONTH ? lastMonthOf(today) : given;
  const filters = dimensions.flatMap((dimension) => {
    const values = [...new Set(query.getAll(dimension))];
    return values.length > 0 ? [[dimension, values] as const] : [];
  });
  return {
    range: daysOfRange(range, today) ? range : defaultRange(today),
    granularity: granularities.find((each) => each === query.get('granularity')),
    comparison: query.get('compare') === 'year' ? 'year' : 'period',
    by: dimensions.find((dimension) => dimension === query.get('by')) ?? 'project_id',
    filters: Object.fromEntries(filters),
    integration: query.get('integration_id') || undefined,
    currency: /^\S{1,32}$/.exec(query.get('currency')?.toLowerCase() ?? '')?.[0],
  };
}

/** The view as parameters of the address. */
export function viewQuery(view: View): URLSearchParams {
  return new URLSearchParams([
    ['range', view.range],
    ['by', view.by],
    ...(view.granularity ? [['granularity', view.granularity]] : []),
    ...(view.comparison === 'year' ? [['compare', 'year']] : []),
    ...selectionOf(view),
  ]);
}

/** The parameters of an address, as they are kept: this month and last month are those of the day when it is opened. */
export function lastingQuery(search: string, today: string): string {
  const query = new URLSearchParams(search);
  if (query.get('range') === defaultRange(today)) query.delete('range');
  if (query.get('range') === lastMonthOf(today)) query.set('range', LAST_MONTH);
  return String(query);
}

/** What the range of a view is divided into. */
export const granularityOf = ({ granularity }: View, days: DayRange): Granularity =>
  granularity ?? usualGranularity(days);

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
