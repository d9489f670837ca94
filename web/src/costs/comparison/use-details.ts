import { useMemo } from 'react';
import { type Day, type DayRange, earlierDay } from '#domain/day.ts';
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
    if (!isOfCosts) return undefined;
    // Either may be from before the other's sync: what one of them lacks is no fall.
    const [a, b] = [costs.groups.synced_through, lines.costs.synced_through];
    return detailsOf(lines, rangesOf(costs.view, costs.days, a && b && earlierDay(a, b)));
  }, [lines, costs]);
  return { lines, details, error };
}
