import { addDays, type DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { comparisonRange, endedDays } from '../view/range.ts';
import type { View } from '../view/view.ts';
import { fetchCosts, fetchDetails } from './fetch-costs.ts';

/**
 * The costs of a view and what explains them; while they load, those of the previous view. Both are fetched at once:
 * until the first response says otherwise, the days have ended that had in the previous view, or all up to yesterday.
 */
export function useCosts(view: View, days: DayRange, today: string) {
  const { data: of, ...state } = useFetch(['costs', view, days], (api, init) => fetchCosts(api, init, view, days));
  const through = of ? of.groups.synced_through : addDays(today, -1);
  const ended = endedDays(days, through);
  const before = comparisonRange(view.range, days, ended, view.comparison);
  const explained = useFetch(['details', view, days, ended], (api, init) =>
    fetchDetails(api, init, view, { days, ended, before }),
  );
  const isOfCosts = of && JSON.stringify(explained.data?.view) === JSON.stringify(of.view);
  const details = isOfCosts ? explained.data : undefined;
  return { costs: { data: of, ...state }, details, detailsError: explained.error };
}
