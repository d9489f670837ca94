import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import type { Ask } from '../../api/client.ts';
import { askAllPages } from '../../api/fetch-all-pages.ts';
import { daysBefore, endedDays } from '../view/range.ts';
import { selectionOf, type View } from '../view/view.ts';
import { COLOURED } from './colours.ts';
import type { UnknownDays } from './missing-days.ts';
import { sumsPath } from './paths.ts';

/** What a view is about, all of it together: figures of two views never stand beside each other. */
export type Asked = {
  view: View;
  days: DayRange;
  /** By what the view is grouped by. */
  groups: Costs;
  daily: Costs;
  /** What is drawn in a colour of its own, dearest first, and its days. */
  drawn: readonly string[];
  dailyGroups: Costs | undefined;
};

/** The same, with the days of which nothing is known, in order and by why. */
export type Answers = Asked & { unknown: UnknownDays };

/** What explains the answers. What goes on is not compared: of a range that has today in it, the days before. */
export type Details = {
  ended: DayRange;
  groupsEnded: Costs;
  lineItemsEnded: Costs;
  /** The groups in the period before the days that have ended. */
  groupsBefore: Costs;
  /** Each group by line item and token type: as fine as quantities have one unit. */
  parts: Costs;
  lineItems: Costs;
  lineItemsBefore: Costs;
};

const asking = (ask: Ask, view: View) => (days: DayRange, about: Parameters<typeof sumsPath>[2]) =>
  askAllPages<Costs>(ask, sumsPath(days, selectionOf(view), about));

export async function askCosts(ask: Ask, view: View, days: DayRange): Promise<Asked> {
  const { by, filters } = view;
  const sums = asking(ask, view);
  const askGroups = async () => {
    const groups = await sums(days, { by: [by] });
    const dearest = groups.data.filter(({ amount }) => amount !== '0').slice(0, COLOURED);
    const drawn = dearest.map((row) => row[by] ?? '');
    const sumsOfDrawn = asking(ask, { ...view, filters: { ...filters, [by]: drawn } });
    const dailyGroups = drawn.length > 0 ? await sumsOfDrawn(days, { by: [by], daily: true }) : undefined;
    return { groups, drawn, dailyGroups };
  };
  const [groups, daily] = await Promise.all([askGroups(), sums(days, { daily: true })]);
  return { view, days, daily, ...groups };
}

/** @returns with no `groupsEnded` where all of the range has ended: those are its groups, of whenever they are looked at */
export async function askDetails(ask: Ask, { view, days, groups }: Asked) {
  const sums = asking(ask, view);
  const ended = endedDays(days, groups.synced_through);
  const goesOn = ended.from < ended.to && ended.to < days.to;
  const before = daysBefore(view.range, days, ended);
  const lineItemsOf = (days: DayRange) => sums(days, { by: ['line_item'] });
  const [groupsBefore, parts, lineItems, lineItemsBefore, groupsEnded, lineItemsEnded] = await Promise.all([
    sums(before, { by: [view.by] }),
    sums(days, { by: [...new Set([view.by, 'line_item', 'token_type'])] }),
    lineItemsOf(days),
    lineItemsOf(before),
    goesOn ? sums(ended, { by: [view.by] }) : undefined,
    goesOn ? lineItemsOf(ended) : undefined,
  ]);
  return {
    ended,
    groupsEnded,
    lineItemsEnded: lineItemsEnded ?? lineItems,
    ...{ groupsBefore, parts, lineItems, lineItemsBefore },
  };
}
