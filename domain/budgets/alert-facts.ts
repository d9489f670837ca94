import type { AlertFacts } from '../alerts/alert.ts';
import type { Causes } from '../causes/causes.ts';
import { addDays, type Day, earlierDay } from '../day.ts';
import { dayInWords, daysInWords, moneyInWords } from '../in-words.ts';
import type { Budget, Threshold } from './budget.ts';
import type { BudgetEvaluation } from './evaluate-budget.ts';

/** What the alert of a threshold says. `explained`: what rose, in sentences, too. */
export function budgetAlertFacts(
  { name, amount, currency, filters }: Budget,
  { of, percent }: Threshold,
  { period, spent, spent_percent, forecast, breach }: BudgetEvaluation,
  today: Day,
  { why, causes }: { why: string; causes?: Causes } = { why: '' },
): AlertFacts {
  const money = (decimal: string) => moneyInWords(decimal, currency);
  const when = daysInWords(period);
  const sentences = [
    `${money(spent)} of ${money(amount)} are spent in ${when}: ${spent_percent} %.`,
    forecast && `By the end of ${when} it is forecast to be ${money(forecast.amount)}.`,
    breach && breachInWords(breach),
    why,
  ];
  return {
    title:
      of === 'actual'
        ? `${name}: ${percent} % of the budget is spent`
        : `${name}: forecast to reach ${percent} % of the budget`,
    text: sentences.filter(Boolean).join(' '),
    day: earlierDay(today, addDays(period.to, -1)),
    filters,
    ...{ amount, spent, currency, budget_name: name },
    ...(causes && { causes }),
    forecast: forecast?.amount ?? null,
  };
}

/** When the budget is expected to be used up, and when it may be. */
function breachInWords({ day, earliest, latest }: NonNullable<BudgetEvaluation['breach']>): string {
  const most = `The budget is expected to be used up on ${dayInWords(day)}`;
  if (!earliest || earliest === latest) return `${most}.`;
  const until = latest ? `on ${dayInWords(latest)} at the latest` : 'perhaps not at all';
  return `${most}: on ${dayInWords(earliest)} at the earliest, ${until}.`;
}
