import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { daysOf } from '#domain/day.ts';
import { longDay } from '../../ui/format/day.ts';
import type { Answers, Asked } from './fetch-costs.ts';

/** The days of a range of which nothing is known, by why: they have not been read, or no history has them, or not yet. */
export type UnknownDays = {
  notRead: readonly string[];
  beforeHistory: readonly string[];
  toCome: readonly string[];
  /** The first day of the longest history. */
  historyFrom: string;
};

/** Answers whose missing days are all that nothing is known of, and why. */
export function withUnknownDays(asked: Asked, integrations: readonly IntegrationView[], today: string): Answers {
  const { daily } = asked;
  const [historyFrom = today] = integrations.map(({ coverage }) => coverage.from).toSorted();
  const missing = new Set(daily.missing_days);
  const days = daysOf(daily);
  const unknown = {
    notRead: days.filter((day) => missing.has(day) && day >= historyFrom && day <= today),
    beforeHistory: days.filter((day) => day < historyFrom),
    toCome: days.filter((day) => day > today),
    historyFrom,
  };
  const missing_days = [...unknown.beforeHistory, ...unknown.notRead, ...unknown.toCome];
  return { ...asked, daily: { ...daily, missing_days }, unknown };
}

/** As in "2 days not read yet and 31 days to come"; '' where there is none. */
export function unknownInWords({ notRead, beforeHistory, toCome, historyFrom }: UnknownDays): string {
  const count = (days: readonly string[], what: string) =>
    days.length > 0 ? [`${days.length === 1 ? 'a day' : `${days.length} days`} ${what}`] : [];
  const parts = [
    ...count(beforeHistory, `before the history (from ${longDay(historyFrom)} on)`),
    ...count(notRead, 'not read yet'),
    ...count(toCome, 'to come'),
  ];
  return new Intl.ListFormat('en').format(parts);
}

/** Of one day; undefined where it is known. */
export function whyUnknown(day: string, { notRead, beforeHistory, toCome }: UnknownDays): string | undefined {
  if (beforeHistory.includes(day)) return 'Before the history';
  if (toCome.includes(day)) return 'Still to come';
  return notRead.includes(day) ? 'Missing: not read yet' : undefined;
}
