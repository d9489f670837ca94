import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import type { Api } from '../../api/client.ts';
import { fetchAllPages } from '../../api/fetch-all-pages.ts';
import { periodsOf } from '../view/periods.ts';
import type { View } from '../view/view.ts';
import { COLOUR_COUNT } from './colours.ts';
import { chartQuestion } from './first-paths.ts';
import { labelsOf } from './labels.ts';
import { regroup, spendingRows, within } from './sum-groups.ts';
import type { FetchedCosts } from './view-costs.ts';

/** Fetches what the view shows first, in one question: its groups by period. Groups, sums and the chart are made of it. */
export async function fetchCosts(api: Api, init: RequestInit, view: View, days: DayRange): Promise<FetchedCosts> {
  const { by } = view;
  const { granularity, isLonger, path } = chartQuestion(view, days);
  const groupsByPeriod = await fetchAllPages<Costs>(api, path, init);
  const ofRange = isLonger ? within(groupsByPeriod, days) : groupsByPeriod;
  const groups = regroup(ofRange, [by]);
  const drawn = spendingRows(ofRange, groups, by).slice(0, COLOUR_COUNT);
  return {
    view,
    days,
    granularity,
    periods: periodsOf(days, granularity),
    groups,
    groupsByPeriod,
    byPeriod: sumPeriods(ofRange),
    drawn: drawn.map((row) => row[by] ?? ''),
    labels: labelsOf(by, groups.data),
  };
}

/** Without the groups: an amount for each period. */
function sumPeriods(costs: Costs): Costs {
  const data = [...Map.groupBy(costs.data, ({ period }) => period)].map(([period, rows]) => ({
    period,
    amount: sumDecimals(rows.map(({ amount }) => amount)),
    quantity: null,
    quantity_unit: null,
  }));
  return { ...costs, group_by: [], data };
}
