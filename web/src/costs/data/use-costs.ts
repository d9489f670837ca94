import { useMemo } from 'react';
import useSWR from 'swr';
import { addDays, type DayRange, today } from '#domain/day.ts';
import { useApi } from '../../api/context.ts';
import { useQuery } from '../../api/use-query.ts';
import type { View } from '../view/view.ts';
import { assignColours } from './colours.ts';
import { fetchCosts, fetchDetails } from './fetch-costs.ts';
import { type DimensionValues, dimensionPath } from './paths.ts';
import type { FetchedCosts, ViewDetails } from './view-costs.ts';

/** The costs of a view; while they load, those of the previous view. */
export function useCosts(view: View, days: DayRange) {
  const api = useApi();
  return useSWR(['costs', view, days], ([, view, days]: [string, View, DayRange]) => fetchCosts(api, view, days), {
    keepPreviousData: true,
  });
}

/** The details of costs; undefined while they load. They are fetched after the costs, which the reader waits for. */
export function useDetails(costs: FetchedCosts): { data: ViewDetails | undefined; error: Error | undefined } {
  const api = useApi();
  const { view, days, groups } = costs;
  const { data, error } = useSWR(['details', view, days, groups.synced_through], () => fetchDetails(api, costs));
  const details = useMemo(() => data && { ...data, groupsEnded: data.groupsEnded ?? groups }, [data, groups]);
  return { data: details, error };
}

/** The names of the projects that are filtered by, and a colour for each value of the last year's groups. */
export function useNamesAndColours({ by, filters }: View) {
  const year = { from: addDays(today(), -364), to: addDays(today(), 1) };
  const projects = useQuery<DimensionValues>(
    filters.project_id ? dimensionPath('project_id', year, { limit: 1000 }) : null,
  );
  const values = useQuery<DimensionValues>(dimensionPath(by, year, { limit: 1000 }), { keepPreviousData: false });
  const names = useMemo(() => new Map(projects.data?.data.map(({ value, name }) => [value, name])), [projects.data]);
  const colours = useMemo(() => assignColours(values.data?.data.map(({ value }) => value) ?? []), [values.data]);
  return { names, colours };
}
