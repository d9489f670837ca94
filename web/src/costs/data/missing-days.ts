import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { daysOf } from '#domain/day.ts';
import { longDay } from '../../ui/format/day.ts';
import type { FetchedCosts, MissingDays, ViewCosts } from './view-costs.ts';

/** Adds the days that the API does not count as missing: those before every history, and those in the future. */
export function withMissingDays(
  costs: FetchedCosts,
  integrations: readonly IntegrationView[],
  today: string,
): ViewCosts {
  const { daily } = costs;
  const [historyFrom = today] = integrations.map(({ coverage }) => coverage.from).toSorted();
  const notRead = new Set(daily.missing_days);
  const days = daysOf(daily);
  const missing = {
    notRead: days.filter((day) => notRead.has(day) && day >= historyFrom && day <= today),
    beforeHistory: days.filter((day) => day < historyFrom),
    future: days.filter((day) => day > today),
    historyFrom,
  };
  const missing_days = [...missing.beforeHistory, ...missing.notRead, ...missing.future];
  return { ...costs, daily: { ...daily, missing_days }, missing };
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

/** Why a day is missing; undefined if it is not. */
export function whyMissing(day: string, { notRead, beforeHistory, future }: MissingDays): string | undefined {
  if (beforeHistory.includes(day)) return 'Before the history';
  if (future.includes(day)) return 'In the future';
  return notRead.includes(day) ? 'Missing: not read yet' : undefined;
}
