import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { DEFAULT_THRESHOLDS } from '#domain/budgets/budget.ts';

/** What is set of a budget. */
export type BudgetDraft = Pick<BudgetView, 'name' | 'amount' | 'currency' | 'period' | 'filters' | 'thresholds'>;

/** A new budget, as it is offered: only its amount is missing. */
export const newDraft = (given: Pick<BudgetDraft, 'name' | 'currency' | 'filters'>): BudgetDraft => ({
  ...given,
  amount: '',
  period: 'month',
  thresholds: [...DEFAULT_THRESHOLDS],
});

/** An amount as people type it, such as $15,000 or 99.50, as decimal text; undefined if it is none. */
export function readAmount(typed: string): string | undefined {
  const text = typed.replaceAll(/[\s$€£]/g, '');
  if (!/^(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,2})?$/.test(text)) return undefined;
  const amount = text.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  return /[1-9]/.test(amount) ? amount : undefined;
}

/** Percentages as they are typed, such as 50, 80 and 100%; undefined if one is none. */
export function readPercents(typed: string): number[] | undefined {
  const parts = typed.split(/[^\d.]+/).filter(Boolean);
  const percents = [...new Set(parts.map(Number))].toSorted((a, b) => a - b);
  return percents.every((each) => Number.isInteger(each) && each >= 1 && each <= 1000) ? percents : undefined;
}

export const percentsOf = ({ thresholds }: BudgetDraft, of: 'actual' | 'forecast') =>
  thresholds
    .filter((each) => each.of === of)
    .map(({ percent }) => percent)
    .join(', ');
