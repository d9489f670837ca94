import { useMemo } from 'react';
import type { Day, DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import type { FetchedCosts, ViewDetails } from '../data/view-costs.ts';
import type { View } from '../view/view.ts';
import { detailsOf, fetchLines, type Lines } from './lines.ts';
import { periodsOfRanges, possibleRanges, rangesOf } from './ranges.ts';

/** The lines of a view, fetched at once with its costs, and the details of the costs that are displayed. */
export function useDetails(
  view: View,
  days: DayRange,
  today: Day,
  costs: FetchedCosts | undefined,
): { lines: Lines | undefined; details: ViewDetails | undefined; error: Error | undefined } {
  const periods = periodsOfRanges(possibleRanges(view, days, today, costs?.groups.synced_through));
  const { data: lines, error } = useFetch(['lines', view, periods], (api, init) =>
    fetchLines(api, init, view, periods),
  );
  const details = useMemo(() => {
    const isOfCosts = lines && costs && JSON.stringify(lines.view) === JSON.stringify(costs.view);
    return isOfCosts ? detailsOf(lines, rangesOf(costs.view, costs.days, costs.groups.synced_through)) : undefined;
  }, [lines, costs]);
  return { lines, details, error };
}
