import { addDays, type DayRange, laterDay, lengthOf } from '#domain/day.ts';
import { daysOfRange, defaultRange } from '../view/range.ts';
import { granularityOf, parseView, selectionOf, type View } from '../view/view.ts';
import { costsPath, summaryPath } from './paths.ts';

/** Before the range: the four same weekdays tell what is usual. Not for long ranges, of which the API has a limit. */
const WEEKS = 28;
const LONGEST_WITH_WEEKS = 366;
const FIRST = '2000-01-01';

/** The days of a range, whatever the address says of it. */
export const daysOf = ({ range }: Pick<View, 'range'>, today: string): DayRange =>
  daysOfRange(range, today) ?? (daysOfRange(defaultRange(today), today) as DayRange);

/** What the chart is made of: the groups of a view by period, by day from some weeks before the range on. */
export function chartQuestion(view: View, days: DayRange) {
  const granularity = granularityOf(view, days);
  const isLonger = granularity === 'day' && lengthOf(days) <= LONGEST_WITH_WEEKS;
  const read = isLonger ? { ...days, from: laterDay(addDays(days.from, -WEEKS), FIRST) } : days;
  return { granularity, isLonger, path: costsPath(read, selectionOf(view), { by: [view.by], granularity }) };
}

/** The requests of the month and the chart of an address, which can be sent before the page’s code is there. */
export function firstPaths(search: string, today: string): string[] {
  const view = parseView(new URLSearchParams(search), today);
  return [summaryPath(selectionOf(view)), chartQuestion(view, daysOf(view, today)).path];
}
