import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import type { Api } from '../../api/client.ts';
import { fetchAllPages } from '../../api/fetch-all-pages.ts';
import { costsPath } from '../data/paths.ts';
import { regroup, within } from '../data/sum-groups.ts';
import type { ViewDetails } from '../data/view-costs.ts';
import { selectionOf, type View } from '../view/view.ts';
import { isMadeOf, type Ranges } from './ranges.ts';

/** The costs of a view by group, line item and token type, in periods: each line has one unit of quantity. */
export type Lines = { view: View; periods: readonly DayRange[]; costs: Costs };

export async function fetchLines(
  api: Api,
  init: RequestInit,
  view: View,
  periods: readonly DayRange[],
): Promise<Lines> {
  const by = [...new Set([view.by, 'line_item', 'token_type'] as const)];
  const span = { from: periods[0]?.from ?? '', to: periods.at(-1)?.to ?? '' };
  const path = costsPath(span, selectionOf(view), { by, periods });
  return { view, periods, costs: await fetchAllPages<Costs>(api, path, init) };
}

/** What explains the costs of a range; undefined where its lines are not divided like that. */
export function detailsOf({ view, periods, costs }: Lines, { days, ended, before }: Ranges): ViewDetails | undefined {
  if (![days, ended, before].every((range) => isMadeOf(range, periods))) return undefined;
  const [ofRange, ofEnded, ofBefore] = [within(costs, days), within(costs, ended), within(costs, before)];
  return {
    view,
    ended,
    parts: regroup(ofRange, costs.group_by),
    groupsEnded: regroup(ofEnded, [view.by]),
    groupsBefore: regroup(ofBefore, [view.by]),
    lineItems: regroup(ofRange, ['line_item']),
    lineItemsEnded: regroup(ofEnded, ['line_item']),
    lineItemsBefore: regroup(ofBefore, ['line_item']),
  };
}
