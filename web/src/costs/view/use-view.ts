import { useSearchParams } from 'wouter';
import { parseView, type View, viewQuery } from './view.ts';

/** How a view is looked at: in the address, too, but not in the view, since a change of it fetches nothing. */
export type Looks = {
  table: 'groups' | 'days';
  chart: 'bars' | 'cumulative';
  /** Whether the chart draws the comparison period, too. */
  drawsComparison: boolean;
  /** Whether the lines of the bill are unfolded. */
  showsLineItems: boolean;
};
export type Table = Looks['table'];

const looksOf = (query: URLSearchParams): Looks => ({
  table: query.get('table') === 'days' ? 'days' : 'groups',
  chart: query.get('chart') === 'cumulative' ? 'cumulative' : 'bars',
  drawsComparison: query.get('draw') === 'comparison',
  showsLineItems: query.get('lines') === 'shown',
});
function withLooks(query: URLSearchParams, { table, chart, drawsComparison, showsLineItems }: Looks): URLSearchParams {
  const others = [...query].filter(([name]) => !['table', 'chart', 'draw', 'lines'].includes(name));
  if (table === 'days') others.push(['table', table]);
  if (chart === 'cumulative') others.push(['chart', chart]);
  if (drawsComparison) others.push(['draw', 'comparison']);
  if (showsLineItems) others.push(['lines', 'shown']);
  return new URLSearchParams(others);
}

/** Navigates to a view; what is not named of its looks stays. */
export type Navigate = (view: View, how?: Partial<Looks> & { replace?: boolean }) => void;

/** The view of the address, and a function that navigates to another one. */
export function useView(today: string): [View, Navigate] {
  const [query, setQuery] = useSearchParams();
  const navigate: Navigate = (view, { replace = false, ...looks } = {}) =>
    setQuery(withLooks(viewQuery(view), { ...looksOf(query), ...looks }), { replace });
  return [parseView(query, today), navigate];
}

/** How the view is looked at, and a function that changes it. */
export function useLooks(): [Looks, (looks: Partial<Looks>) => void] {
  const [query, setQuery] = useSearchParams();
  return [looksOf(query), (looks) => setQuery(withLooks(query, { ...looksOf(query), ...looks }), { replace: true })];
}
