import type { DayRange } from '../day.ts';
import type { Decimal } from '../decimal.ts';
import { dayInWords, daysInWords, moneyInWords } from '../in-words.ts';
import type { LimitOutlook } from '../limits/limit-outlook.ts';
import type { SpendLimit } from '../spend-limit.ts';
import { alertId, eventOf, type Integration, type IntegrationEvent } from './integration-events.ts';

type Limit = Pick<SpendLimit, 'kind' | 'project_id' | 'amount' | 'currency'> & { project_name: string };

/** From this percentage of a hard limit on, it is told whatever is forecast: production stops at the limit. */
const NEARLY = 90;

/**
 * That OpenAI's own limit is expected to be reached this month, that a hard one nearly is, and that it is reached; each
 * once for a limit and month.
 */
export function limitEvents(
  integration: Integration,
  { kind, project_id, project_name, amount, currency }: Limit,
  { is_reached, expected_on, spent, spent_percent, forecast, summary }: LimitOutlook,
  month: DayRange,
): IntegrationEvent[] {
  const of = project_name || project_id || 'the organization';
  const limit = `OpenAI’s ${kind === 'hard_limit' ? 'hard limit' : 'spend alert'} of ${of}`;
  const money = (decimal: Decimal) => moneyInWords(decimal, currency);
  const share = spent_percent === null ? '' : `, ${spent_percent} %,`;
  const soFar =
    spent === null ? '' : `${money(spent)} of ${money(amount)}${share} are spent in ${daysInWords(month)}. `;
  const id = [kind, project_id, amount, currency, month.from];
  const nearly = [...id, String(NEARLY)];
  const event = (name: readonly string[], title: string) =>
    eventOf(integration, 'limit', name, {
      days: month,
      title: `${limit} ${title}`,
      text: `${soFar}${summary} An owner of the organization raises it at OpenAI under Limits.`,
      ...{ amount, spent, currency },
      forecast: forecast?.amount ?? null,
      ...(project_id && { filters: { project_id: [project_id] } }),
    });
  if (is_reached) {
    const keeps = [id, nearly].map((name) => alertId(integration, 'limit', name));
    return [{ ...event([...id, 'reached'], 'is reached'), keeps }];
  }
  const isNear = kind === 'hard_limit' && spent_percent !== null && Number(spent_percent) >= NEARLY;
  return [
    ...(expected_on ? [event(id, `is expected to be reached on ${dayInWords(expected_on)}`)] : []),
    ...(isNear ? [event(nearly, `is spent to ${spent_percent} %`)] : []),
  ];
}
