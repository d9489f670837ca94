import type { Costs } from '#api/routes/costs/get-costs.ts';
import { type DayRange, lengthOf } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import type { Api } from '../../api/client.ts';
import { fetchAllPages } from '../../api/fetch-all-pages.ts';
import { periodsOf } from '../view/periods.ts';
import { selectionOf, type View } from '../view/view.ts';
import { COLOUR_COUNT } from './colours.ts';
import { chartQuestion } from './first-paths.ts';
import { labelsOf } from './labels.ts';
import { costsPath } from './paths.ts';
import { joinCosts, regroup, spendingRows } from './sum-groups.ts';
import type { FetchedCosts, ViewDetails } from './view-costs.ts';

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

/** The days of a range out of more, or one period of several. */
function within(costs: Costs, { from, to }: DayRange): Costs {
  const data = costs.data.filter(({ period }) => period !== null && period >= from && period < to);
  const missing_days = costs.missing_days.filter((day) => day >= from && day < to);
  return { ...costs, from, to, missing_days, total: sumDecimals(data.map(({ amount }) => amount)), data };
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

/**
 * Fetches what explains the costs of a view, in one question: the lines of the days that have ended, of the others, and
 * of the comparison period. A year is compared with days of its own only where it is longer, in a question of its own.
 */
export async function fetchDetails(
  api: Api,
  init: RequestInit,
  view: View,
  { days, ended, before }: { days: DayRange; ended: DayRange; before: DayRange },
): Promise<ViewDetails> {
  const by = [...new Set([view.by, 'line_item', 'token_type'] as const)];
  const open = { from: ended.to, to: days.to };
  const ask = async (periods: readonly DayRange[]) => {
    const [first, last] = [periods[0] ?? days, periods.at(-1) ?? days];
    const costs = await costsOf(api, init, view)({ from: first.from, to: last.to }, { by, periods });
    return (period: DayRange) => within(costs, period);
  };
  const ofRange = [ended, open].filter((each) => lengthOf(each) > 0);
  const [fromRange, fromBefore] =
    before.to <= days.from
      ? await ask([before, ...ofRange]).then((partsOf) => [partsOf, partsOf] as const)
      : await Promise.all([ask(ofRange), ask([before])]);
  const [partsEnded, partsBefore] = [fromRange(ended), fromBefore(before)];
  const parts = joinCosts(partsEnded, fromRange(open));
  return {
    view,
    ended,
    parts,
    groupsEnded: regroup(partsEnded, [view.by]),
    groupsBefore: regroup(partsBefore, [view.by]),
    lineItems: regroup(parts, ['line_item']),
    lineItemsEnded: regroup(partsEnded, ['line_item']),
    lineItemsBefore: regroup(partsBefore, ['line_item']),
  };
}

/** Fetches costs with the filters of a view. */
const costsOf =
  (api: Api, init: RequestInit, view: View) => (days: DayRange, grouping: Parameters<typeof costsPath>[2]) =>
    fetchAllPages<Costs>(api, costsPath(days, selectionOf(view), grouping), init);
