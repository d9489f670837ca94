import type { DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import type { View } from '../view/view.ts';
import { fetchCosts } from './fetch-costs.ts';

/** The costs of a view; while they load, those of the previous view. */
export const useCosts = (view: View, days: DayRange) =>
  useFetch(['costs', view, days], (api, init) => fetchCosts(api, init, view, days));
