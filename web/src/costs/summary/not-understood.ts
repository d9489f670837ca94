import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { compareDecimals, multiplyDecimal, percentOf } from '#domain/decimal.ts';
import { notUnderstoodInWords, TOLD_PERCENT } from '#domain/not-understood.ts';
import { roundMoney } from '../../ui/format/money.ts';
import { formatPercent } from '../../ui/format/number.ts';

const NAMED = 3;
type Given = Pick<CostsSummary, 'not_understood' | 'currency'>;

/** What is not understood of the costs, in words; undefined up to 1 % of them. `isClassified`: only qualifiers. */
export function describeNotUnderstood({ not_understood, currency }: Given) {
  const { amount, unclassified_amount: unclassified, all_amount: total } = not_understood;
  if (compareDecimals(multiplyDecimal(amount, 100 / TOLD_PERCENT), total) <= 0) return undefined;
  const line_items = not_understood.line_items.slice(0, NAMED);
  const about = { amount, unclassified, total, line_items };
  const { isClassified, text } = notUnderstoodInWords(about, 'the last 30 days', (each) => roundMoney(each, currency));
  const percent = formatPercent(percentOf(amount, total) ?? '0', 0);
  return { isClassified, title: `${percent} of the costs of 30 days is not understood in full`, text };
}
