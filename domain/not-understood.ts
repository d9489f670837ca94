import { compareDecimals, type Decimal } from './decimal.ts';

/** What line items that are not understood in full cost, and of it, what has no model or token type. */
export type NotUnderstood = {
  amount: Decimal;
  unclassified: Decimal;
  total: Decimal;
  /** What cost most comes first. */
  line_items: readonly string[];
};

const NAMED_ITEMS = 10;

/** Above this percentage of all costs, it is told: on the page and by an alert. */
export const TOLD_PERCENT = 1;

/** The same in words, for whatever days. `isClassified`: only qualifiers are not known. */
export function notUnderstoodInWords(
  { amount, unclassified, total, line_items }: NotUnderstood,
  days: string,
  money: (amount: Decimal) => string,
) {
  const isClassified = compareDecimals(unclassified, '0') === 0;
  const isWhole = compareDecimals(amount, unclassified) === 0;
  const parts = isWhole
    ? 'Their model or token type is not known.'
    : isClassified
      ? 'Model and token type are known, a word beside them is not.'
      : `Of ${money(unclassified)}, model or token type is not known; of the rest, a word beside them.`;
  const rest = line_items.length - NAMED_ITEMS;
  const named = line_items.slice(0, NAMED_ITEMS).map((name) => name || 'no line item');
  return {
    isClassified,
    isWhole,
    text:
      `${money(amount)} of ${money(total)} in ${days} is for line items that this version does not know, such as ` +
      `${named.join('; ')}${rest > 0 ? ` and ${rest} more` : ''}. ${parts} Every sum has them; a newer version may understand them.`,
  };
}
