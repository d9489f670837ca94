import { useMemo } from 'react';
import useSWR from 'swr';
import { addDays, type DayRange, today } from '#domain/day.ts';
import { useAsk } from '../../api/context.ts';
import { useAnswer } from '../../api/use-query.ts';
import type { View } from '../view/view.ts';
import { assignColours } from './colours.ts';
import { type Asked, askCosts, askDetails, type Details } from './fetch-costs.ts';
import { type DimensionValues, valuesPath } from './paths.ts';

/** What is known of a view; until it has arrived, what was known of the one before. */
export function useCosts(view: View, days: DayRange) {
  const ask = useAsk();
  return useSWR(['costs', view, days], ([, view, days]: [string, View, DayRange]) => askCosts(ask, view, days), {
    keepPreviousData: true,
  });
}

/** What explains the answers; undefined until it has arrived. It is asked for after them: they are what is waited for. */
export function useDetails(asked: Asked): { data: Details | undefined; error: Error | undefined } {
  const ask = useAsk();
  const { view, days, groups } = asked;
  const { data, error } = useSWR(['details', view, days, groups.synced_through], () => askDetails(ask, asked));
  const details = useMemo(() => data && { ...data, groupsEnded: data.groupsEnded ?? groups }, [data, groups]);
  return { data: details, error };
}

/** The names of projects that are filtered by, and a colour for each value of what the view is grouped by: those of the year, so that they stay. */
export function useNamesAndColours({ by, filters }: View) {
  const year = { from: addDays(today(), -364), to: addDays(today(), 1) };
  const projects = useAnswer<DimensionValues>(
    filters.project_id ? valuesPath('project_id', year, { limit: 1000 }) : null,
  );
  const values = useAnswer<DimensionValues>(valuesPath(by, year, { limit: 1000 }), { keepPreviousData: false });
  const names = useMemo(() => new Map(projects.data?.data.map(({ value, name }) => [value, name])), [projects.data]);
  const colours = useMemo(() => assignColours(values.data?.data.map(({ value }) => value) ?? []), [values.data]);
  return { names, colours };
}
