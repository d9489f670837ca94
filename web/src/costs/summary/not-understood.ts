import { absDecimal, compareDecimals, type Decimal, percentOf, sumDecimals } from '#domain/decimal.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';

/** The cost of line items that are not understood, and its percentage; undefined up to 1 % of the total. */
export function notUnderstood(
  { groups }: Pick<ViewCosts, 'groups'>,
  { parts }: Pick<ViewDetails, 'parts'>,
): { amount: Decimal; percent: Decimal } | undefined {
  const amount = sumDecimals(parts.data.filter(({ token_type }) => token_type === 'other').map((part) => part.amount));
  const percent = percentOf(absDecimal(amount), absDecimal(groups.total ?? '0'));
  return percent !== null && compareDecimals(percent, '1') > 0 ? { amount, percent } : undefined;
}
