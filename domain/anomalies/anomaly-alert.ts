import type { AlertFacts } from '../alerts/alert.ts';
import type { CostChange } from '../causes/cost-change.ts';
import { explainCosts, explainFall } from '../causes/explain-costs.ts';
import { causesInWords } from '../causes/in-words.ts';
import { addDays, type DayRange } from '../day.ts';
import { absDecimal, type Decimal, fixDecimal, subtractDecimals } from '../decimal.ts';
import { daysInWords, moneyInWords } from '../in-words.ts';
import { type CostSubject, isOf } from './series.ts';

/** `changes`: what rose and fell in the organization, beside what is usual. */
export type FoundAnomaly = {
  integration_id: string;
  range: DayRange;
  subject: CostSubject;
  amount: Decimal;
  usual: number;
  changes: readonly CostChange[];
  causes: readonly string[];
};

/** What the alert of an anomaly says. */
export function anomalyAlertFacts({
  integration_id,
  range,
  subject,
  amount,
  usual,
  changes,
  causes,
}: FoundAnomaly): AlertFacts {
  const { dimension, value, currency } = subject;
  const expected = fixDecimal(usual.toFixed(2), 2);
  const money = (decimal: Decimal) => moneyInWords(decimal, currency);
  const its = changes.filter((change) => isOf(change, subject));
  const isLess = Number(amount) < usual;
  const explained = isLess ? explainFall(its) : explainCosts(its, range.from, 'usual');
  const difference = absDecimal(subtractDecimals(amount, expected));
  const sentences = [
    `That is ${money(difference)} ${isLess ? 'less' : 'more'} than usual.`,
    causesInWords(explained, currency),
    isLess && 'Where nobody has stopped it, look at what runs there.',
  ];
  return {
    title: `${subjectInWords(subject, its)}: ${money(amount)} on ${daysInWords(range)}, usually ${money(expected)}`,
    text: sentences.filter(Boolean).join(' '),
    day: addDays(range.to, -1),
    filters: { integration_id: [integration_id], ...(dimension !== 'organization' && { [dimension]: [value] }) },
    ...{ amount: expected, spent: amount, forecast: null, currency, budget_name: '' },
    ...{ causes: explained, api_key_ids: causes },
  };
}

function subjectInWords({ dimension, value }: CostSubject, its: readonly CostChange[]): string {
  const nameOf = (name: 'project_name' | 'api_key_name') => its.find((each) => each[name])?.[name] || value;
  if (dimension === 'project_id') return `Project ${nameOf('project_name')}`;
  if (dimension === 'api_key_id') return `API key ${nameOf('api_key_name')}`;
  return dimension === 'organization' ? 'The organization' : value;
}
