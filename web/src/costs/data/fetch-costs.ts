import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import type { Api } from '../../api/client.ts';
import { fetchAllPages } from '../../api/fetch-all-pages.ts';
import { comparisonRange, endedDays } from '../view/range.ts';
import { selectionOf, type View } from '../view/view.ts';
import { COLOUR_COUNT } from './colours.ts';
import { costsPath } from './paths.ts';
import type { FetchedCosts, ViewDetails } from './view-costs.ts';

/** Fetches what the view shows first: its groups, its days, and the days of the groups that the chart draws. */
export async function fetchCosts(api: Api, view: View, days: DayRange): Promise<FetchedCosts> {
  const { by, filters } = view;
  const fetchFor = costsOf(api, view);
  async function fetchGroups() {
    const groups = await fetchFor(days, { by: [by] });
    const highest = groups.data.filter(({ amount }) => amount !== '0').slice(0, COLOUR_COUNT);
    const drawn = highest.map((row) => row[by] ?? '');
    const fetchDrawn = costsOf(api, { ...view, filters: { ...filters, [by]: drawn } });
    const dailyGroups = drawn.length > 0 ? await fetchDrawn(days, { by: [by], daily: true }) : undefined;
    return { groups, drawn, dailyGroups };
  }
  const [groups, daily] = await Promise.all([fetchGroups(), fetchFor(days, { daily: true })]);
  return { view, days, daily, ...groups };
}

/** The details of a view. `groupsEnded` is undefined if the whole range has ended: the view's groups are those, then. */
export type FetchedDetails = Omit<ViewDetails, 'groupsEnded'> & { groupsEnded: Costs | undefined };

/** Fetches what explains the costs of a view: the comparison period, line items and quantities. */
export async function fetchDetails(api: Api, { view, days, groups }: FetchedCosts): Promise<FetchedDetails> {
  const fetchFor = costsOf(api, view);
  const fetchLineItems = (days: DayRange) => fetchFor(days, { by: ['line_item'] });
  const ended = endedDays(days, groups.synced_through);
  const isRunning = ended.from < ended.to && ended.to < days.to;
  const before = comparisonRange(view.range, days, ended);
  const [groupsBefore, parts, lineItems, lineItemsBefore, groupsEnded, lineItemsEnded] = await Promise.all([
    fetchFor(before, { by: [view.by] }),
    fetchFor(days, { by: [...new Set([view.by, 'line_item', 'token_type'])] }),
    fetchLineItems(days),
    fetchLineItems(before),
    isRunning ? fetchFor(ended, { by: [view.by] }) : undefined,
    isRunning ? fetchLineItems(ended) : undefined,
  ]);
  return {
    ended,
    groupsEnded,
    lineItemsEnded: lineItemsEnded ?? lineItems,
    groupsBefore,
    parts,
    lineItems,
    lineItemsBefore,
  };
}

/** Fetches costs with the filters of a view. */
const costsOf = (api: Api, view: View) => (days: DayRange, grouping: Parameters<typeof costsPath>[2]) =>
  fetchAllPages<Costs>(api, costsPath(days, selectionOf(view), grouping));
