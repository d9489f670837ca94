import type { BudgetEvaluation } from '../budgets/evaluate-budget.ts';
import type { Causes } from '../causes/causes.ts';
import type { DayRange } from '../day.ts';
import { absDecimal, compareDecimals, type Decimal, percentOf, subtractDecimals } from '../decimal.ts';
import { daysInWords, moneyInWords } from '../in-words.ts';
import { pageQuery } from '../page-address.ts';
import type { Channel } from './channel.ts';
import type { DigestPeriod } from './digest.ts';
import type { Message } from './message.ts';

type Mover = { dimension: 'project_id' | 'model'; name: string; amount: Decimal; change: Decimal };

/** `from`, `to`: its period, which the digest's last day is in. */
type ToldBudget = DayRange & {
  name: string;
  state: BudgetEvaluation['state'];
  amount: Decimal;
  currency: string;
  spent_percent: string;
  is_over: boolean;
};

/** What a digest tells. What is compared or forecast is of the currency of most costs. */
export type DigestFacts = {
  totals: { currency: string; amount: Decimal; previous_amount: Decimal }[];
  /** Sentences on what rose and why; '' where there are no costs. */
  why: string;
  causes: Causes;
  movers: Mover[];
  forecast: ({ amount: Decimal; low: Decimal | null; high: Decimal | null } & DayRange) | null;
  budgets: ToldBudget[];
  missing_days: readonly string[];
  differing_days: number;
};

const MOVERS = 3;

type Digested = { channel: Pick<Channel, 'name' | 'filters'>; period: DigestPeriod; facts: DigestFacts; at: Date };

export function digestMessage(
  { channel: { name, filters }, period: { digest, from, to }, facts, at }: Digested,
  pageUrl: string | undefined,
): Message {
  const before = digest === 'weekly' ? 'the week before' : 'the month before';
  const currency = facts.totals[0]?.currency ?? 'usd';
  const when = daysInWords({ from, to });
  const sentences = facts.totals.map(
    (total) => `${when}: ${moneyInWords(total.amount, total.currency)}, ${comparison(total, before)}.`,
  );
  const text = [
    sentences.join('\n') || `${when}: no costs.`,
    facts.why,
    listOf('Projects that changed most', moversIn(facts.movers, 'project_id', currency)),
    listOf('Models that changed most', moversIn(facts.movers, 'model', currency)),
    facts.forecast && forecastIn(facts.forecast, currency),
    listOf('Budgets', facts.budgets.map(budgetIn)),
    completenessOf(facts),
  ].filter((paragraph): paragraph is string => Boolean(paragraph));
  const [first] = facts.totals;
  // A channel that selects costs is named after them.
  const whose = Object.keys(filters).length > 0 ? `${name}: costs` : 'Costs';
  const title = `${whose} of ${when}: ${first ? moneyInWords(first.amount, first.currency) : 'none'}`;
  const query = pageQuery({ filters, currency, days: { from, to } });
  const url = pageUrl && query !== undefined ? new URL(`?${query}`, pageUrl).href : undefined;
  return {
    type: 'digest',
    at: at.toISOString(),
    title,
    text,
    links: url ? [{ text: 'See the costs', url }] : [],
    data: { digest, from, to, filters, ...facts, url: url ?? null },
  };
}

function comparison({ currency, amount, previous_amount }: DigestFacts['totals'][number], before: string): string {
  const change = subtractDecimals(amount, previous_amount);
  const direction = compareDecimals(change, '0');
  if (direction === 0) return `as much as ${before}`;
  const percent = percentOf(absDecimal(change), previous_amount);
  const share = percent === null ? '' : ` (${percent} %)`;
  return `${moneyInWords(absDecimal(change), currency)}${share} ${direction > 0 ? 'more' : 'less'} than ${before}`;
}

const moversIn = (movers: readonly Mover[], dimension: Mover['dimension'], currency: string) =>
  movers
    .filter((mover) => mover.dimension === dimension)
    .slice(0, MOVERS)
    .map(({ name, amount, change }) => {
      const by = moneyInWords(absDecimal(change), currency);
      return `${name || 'not attributed'}: ${moneyInWords(amount, currency)}, ${by} ${change.startsWith('-') ? 'less' : 'more'}`;
    });

function forecastIn({ amount, low, high, ...month }: NonNullable<DigestFacts['forecast']>, currency: string): string {
  const range = low && high ? ` (${moneyInWords(low, currency)} to ${moneyInWords(high, currency)})` : '';
  return `${daysInWords(month)} is forecast to cost ${moneyInWords(amount, currency)}${range}.`;
}

function budgetIn({ name, state, amount, currency, spent_percent, is_over, ...period }: ToldBudget): string {
  const standing = is_over && state === 'on_track' ? 'kept' : state.replace('_', ' ');
  return `${name}: ${spent_percent} % of ${moneyInWords(amount, currency)} in ${daysInWords(period)}, ${standing}`;
}

function completenessOf({ missing_days, differing_days }: DigestFacts): string {
  if (missing_days.length === 0 && differing_days === 0) {
    return 'Every day was read, and adds up to OpenAI’s own total.';
  }
  const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;
  return [
    missing_days.length > 0 && `Not read: ${days(missing_days.length)}. The sums lack their costs.`,
    differing_days > 0 && `${days(differing_days)} not adding up to OpenAI’s own total.`,
  ]
    .filter(Boolean)
    .join(' ');
}

const listOf = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? undefined : [`${title}:`, ...lines.map((line) => `• ${line}`)].join('\n');
