import type { IntegrationView } from '../../../api/integration-view.ts';
import { daysOf } from '../../../openai/days.ts';
import type { Answers } from './ask-costs.ts';

/**
 * Answers whose missing days are all that nothing is known of: besides those that the API misses, the days before any
 * history and those to come.
 */
export function withUnknownDays(answers: Answers, integrations: readonly IntegrationView[], today: string): Answers {
  const { daily } = answers;
  const [first = today] = integrations.map(({ coverage }) => coverage.from).toSorted();
  const missing = new Set(daily.missing_days);
  const missing_days = daysOf(daily.from, daily.to).filter((day) => missing.has(day) || day < first || day > today);
  return { ...answers, daily: { ...daily, missing_days } };
}
