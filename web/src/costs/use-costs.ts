import { useMemo } from 'react';
import type { IntegrationView } from '../../../api/integration-view.ts';
import type { Costs } from '../../../api/routes/read-costs.ts';
import type { CostsSummary } from '../../../api/routes/read-summary.ts';
import { useAnswer } from '../api/use-answer.ts';
import { addDays, daysOf, today } from '../format/day.ts';
import { assignColours, COLOURED } from './colours.ts';
import { dailyGroupsPath, dailyPath, groupsPath, summaryPath } from './questions.ts';
import { toSeries } from './series.ts';
import type { View } from './view.ts';

type DimensionValues = { data: { value: string; name: string }[] };

/** Everything that a view shows; each part is undefined until it has arrived. */
export function useCosts(view: View, days: { from: string; to: string }) {
  const { by, filters } = view;
  const groups = useAnswer<Costs>(groupsPath(days, by, filters));
  const daily = useAnswer<Costs>(dailyPath(days, filters));
  const fits = groups.data?.group_by[0] === by && groups.data.from === days.from && groups.data.to === days.to;
  const drawn = useMemo(
    () =>
      (fits ? (groups.data?.data ?? []) : [])
        .filter(({ amount }) => amount !== '0')
        .slice(0, COLOURED)
        .map((row) => row[by] ?? ''),
    [fits, groups.data, by],
  );
  const dailyGroups = useAnswer<Costs>(drawn.length > 0 ? dailyGroupsPath(days, by, drawn, filters) : null);
  const summary = useAnswer<CostsSummary>(summaryPath(filters));
  const integrations = useAnswer<{ data: IntegrationView[] }>('/v1/integrations');

  const year = new URLSearchParams({ from: addDays(today(), -364), to: addDays(today(), 1), limit: '1000' });
  const everything = useAnswer<DimensionValues>(`/v1/dimensions/${by}?${year}`, { keepPreviousData: false });
  const colours = useMemo(
    () => assignColours(everything.data?.data.map(({ value }) => value) ?? drawn),
    [everything.data, drawn],
  );
  const projects = useAnswer<DimensionValues>(`/v1/dimensions/project_id?${year}`);
  const names = useMemo(() => new Map(projects.data?.data.map(({ value, name }) => [value, name])), [projects.data]);

  const series = useMemo(() => {
    if (!daily.data || !dailyGroups.data || dailyGroups.data.group_by[0] !== by) return [];
    const hasOthers = (groups.data?.data.length ?? 0) > drawn.length;
    return toSeries({ by, values: drawn, colours, daily: daily.data, dailyGroups: dailyGroups.data, hasOthers });
  }, [by, drawn, colours, daily.data, dailyGroups.data, groups.data]);

  const all = useMemo(() => daysOf(days.from, days.to), [days.from, days.to]);
  const missing = useMemo(() => new Set(daily.data?.missing_days), [daily.data]);
  return {
    days: all,
    groups: groups.data,
    daily: daily.data,
    summary: summary.data,
    integrations: integrations.data?.data,
    ...{ colours, names, series, missing },
    loading: groups.isLoading || daily.isLoading,
    error: groups.error ?? daily.error ?? dailyGroups.error ?? integrations.error ?? summary.error,
  };
}
