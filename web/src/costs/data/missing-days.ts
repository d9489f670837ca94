import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { type DayRange, daysOf, lengthOf } from '#domain/day.ts';
import { longDay } from '../../ui/format/day.ts';
import { countIn } from '../view/periods.ts';
import type { FetchedCosts, MissingDays, ViewCosts } from './view-costs.ts';

/**
 * Adds when the data were read, and the days that the API does not count as missing: those before every history, and
 * those in the future. Without integrations, which could not be fetched then or are still to come, it is not known when.
 */
export function withMissingDays(
  costs: FetchedCosts,
  integrations: readonly IntegrationView[] | undefined,
  today: string,
): ViewCosts {
  const { byPeriod, days: range } = costs;
  // An API of the version before does not say, for as long as an upgrade takes.
  const historyFrom = byPeriod.history_from === undefined ? range.from : (byPeriod.history_from ?? today);
  const notRead = new Set(byPeriod.missing_days);
  const days = daysOf(range);
  const missing = {
    notRead: days.filter((day) => notRead.has(day) && day >= historyFrom && day <= today),
    beforeHistory: days.filter((day) => day < historyFrom),
    future: days.filter((day) => day > today),
    historyFrom,
  };
  const missing_days = [...missing.beforeHistory, ...missing.notRead, ...missing.future];
  // As for `synced_through`, what is disconnected does not count beside what is connected.
  const connected = (integrations ?? []).filter(({ status }) => status !== 'disconnected');
  const read = connected.length > 0 ? connected : (integrations ?? []);
  const [readAt = null] = read.flatMap(({ last_synced_at }) => last_synced_at ?? []).toSorted();
  return { ...costs, byPeriod: { ...byPeriod, missing_days }, missing, readAt };
}

/** Whether any day of the range is known: else its sums are not 0, but unknown. */
export const hasData = ({ byPeriod, days }: ViewCosts): boolean => byPeriod.missing_days.length < lengthOf(days);

/** The name of a sum over the range, which says how many of its days are not in it. */
export function totalLabel({ byPeriod: { missing_days } }: ViewCosts): string {
  if (missing_days.length === 0) return 'Total';
  return `Total, ${missing_days.length === 1 ? 'a day' : `${missing_days.length} days`} missing`;
}

/** As in "2 days not read yet and 31 days in the future"; '' if no day is missing. */
export function describeMissingDays({ notRead, beforeHistory, future, historyFrom }: MissingDays): string {
  const count = (days: readonly string[], what: string) =>
    days.length > 0 ? [`${days.length === 1 ? 'a day' : `${days.length} days`} ${what}`] : [];
  const parts = [
    ...count(beforeHistory, `before the history (it starts on ${longDay(historyFrom)})`),
    ...count(notRead, 'not read yet'),
    ...count(future, 'in the future'),
  ];
  return new Intl.ListFormat('en').format(parts);
}

/** Which days of a period are missing, in words, and whether all of them are; undefined if none is. */
export function whyMissing(
  period: DayRange,
  { notRead, beforeHistory, future }: MissingDays,
): { text: string; isAll: boolean } | undefined {
  const reasons = [
    { of: 'before the history', alone: 'Before the history', count: countIn(beforeHistory, period) },
    { of: 'in the future', alone: 'In the future', count: countIn(future, period) },
    { of: 'not read yet', alone: 'Missing: not read yet', count: countIn(notRead, period) },
  ].filter(({ count }) => count > 0);
  const [first] = reasons;
  if (!first) return undefined;
  if (first.count === lengthOf(period)) return { text: first.alone, isAll: true };
  const parts = reasons.map(({ of, count }) => `${count === 1 ? 'a day' : `${count} days`} ${of}`);
  const count = reasons.reduce((sum, reason) => sum + reason.count, 0);
  return { text: `Without ${new Intl.ListFormat('en').format(parts)}`, isAll: count === lengthOf(period) };
}
