import { useMemo } from 'react';
import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import { fetchAllPages } from '../../api/fetch-all-pages.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { costsPath } from '../data/paths.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { selectionOf } from '../view/view.ts';
import { type ComparedAmount, comparedAmounts } from './compared-amounts.ts';

/** The amounts of the comparison period for the chart; undefined where it is not drawn, or while they load. */
export function useComparison(costs: ViewCosts, before: DayRange | undefined): Map<string, ComparedAmount> | undefined {
  const path = before && costsPath(before, selectionOf(costs.view), { granularity: 'day' });
  const { data } = useFetch(path ? [path] : null, (api, init) => fetchAllPages<Costs>(api, path ?? '', init), {
    keepsPrevious: false,
  });
  return useMemo(() => {
    const { days, periods, granularity, view } = costs;
    return data && comparedAmounts({ before: data, days, periods, granularity, comparison: view.comparison });
  }, [data, costs]);
}
