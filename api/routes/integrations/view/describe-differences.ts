import type { Reconciliation } from '#clickhouse/coverage/reconcile.ts';
import { compareDecimals, type Decimal, fixDecimal } from '#domain/decimal.ts';

/** A problem that the customer should know, although nothing is wrong with the key; null where all days add up. */
export function describeDifferences({ agrees, by_currency }: Reconciliation) {
  if (agrees !== false) return null;
  const sentences = by_currency.filter(({ differing_days }) => differing_days > 0).map(sentenceOf);
  return {
    code: 'not_reconciled',
    title: 'The facts do not add up to OpenAI’s own total',
    detail: `${sentences.join(' ')} The view reconciliation lists each day; they are read again daily until they agree.`,
  };
}

function sentenceOf({
  currency,
  differing_days: days,
  first_differing_day: first,
  differing_amount,
}: Reconciliation['by_currency'][number]): string {
  const amount = forPeople(differing_amount, currency);
  return days === 1
    ? `1 day differs, by ${amount}: ${first}.`
    : `${days} days differ, by ${amount} in all, the first on ${first}.`;
}

/** Rounded to cents, since nobody reads 18 decimals. */
const forPeople = (amount: Decimal, currency: string) =>
  `${compareDecimals(amount, '0.01') < 0 ? 'less than 0.01' : fixDecimal(amount, 2)} ${currency.toUpperCase()}`;
