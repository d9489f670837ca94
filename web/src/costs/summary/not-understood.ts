import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { compareDecimals, percentOf, subtractDecimals } from '#domain/decimal.ts';
import { roundMoney } from '../../ui/format/money.ts';
import { formatPercent } from '../../ui/format/number.ts';

const NAMED = 3;
type Given = Pick<CostsSummary, 'not_understood' | 'currency'>;

/** What is not understood of the costs, in words; undefined up to 1 % of them. `isClassified`: only qualifiers. */
export function describeNotUnderstood({ not_understood, currency }: Given) {
  const { amount, unclassified_amount: unclassified, all_amount, line_items } = not_understood;
  const percent = percentOf(amount, all_amount);
  if (percent === null || compareDecimals(percent, '1') <= 0) return undefined;
  const money = (decimal: string) => roundMoney(decimal, currency);
  const isClassified = unclassified === '0';
  const isWhole = compareDecimals(subtractDecimals(amount, unclassified), '0') === 0;
  const parts = isWhole
    ? 'Their model or token type is not known.'
    : isClassified
      ? 'Model and token type are known, a word beside them is not.'
      : `Of ${money(unclassified)}, model or token type is not known; of the rest, a word beside them.`;
  const names = line_items.slice(0, NAMED).map((name) => name || 'No line item');
  const more = line_items.length > NAMED ? ' and more' : '';
  return {
    isClassified,
    title: `${formatPercent(percent, 0)} of the costs of 30 days is not understood in full`,
    text: `${money(amount)} is for line items that this version does not know: ${names.join('; ')}${more}. ${parts} Every sum has them; a newer version may understand them.`,
  };
}
