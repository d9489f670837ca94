import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { addDays } from '#domain/day.ts';
import { absDecimal, subtractDecimals } from '#domain/decimal.ts';
import { longRange, shortDay } from '../ui/format/day.ts';
import { roundMoney } from '../ui/format/money.ts';

type State = BudgetView['state'];

export const stateLabel: Record<State, string> = {
  exceeded: 'Exceeded',
  at_risk: 'At risk',
  unknown: 'Cannot say yet',
  on_track: 'On track',
};

/** What needs a look comes first. */
const order = Object.keys(stateLabel);
export const worstFirst = (budgets: readonly BudgetView[]): BudgetView[] =>
  budgets.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));

/** Why a budget is in its state, in one sentence. */
export function describeBudget(budget: BudgetView): string {
  const { state, unknown_because, amount, currency, spent, missing_days, forecast, breach } = budget;
  const money = (decimal: string) => roundMoney(decimal, currency);
  const left = subtractDecimals(amount, forecast?.amount ?? spent);
  switch (state) {
    case 'exceeded':
      return `${money(absDecimal(subtractDecimals(spent, amount)))} above it, in ${longRange(budget)}.`;
    case 'at_risk':
      return breach ? `Used up on ${shortDay(breach.day)}${intervalOf(breach)}.` : 'The forecast reaches it.';
    case 'on_track':
      return `About ${money(forecast?.amount ?? spent)} expected by ${shortDay(addDays(budget.to, -1))}, ${money(left)} below it.`;
    case 'unknown':
      return unknown_because === 'missing_days'
        ? `${missing_days.length === 1 ? 'A day of it is' : `${missing_days.length} days of it are`} not read yet.`
        : 'Too few complete days for a forecast.';
  }
}

/** Between which days it will be used up, four times in five. */
function intervalOf({ day, earliest, latest }: NonNullable<BudgetView['breach']>): string {
  if (earliest === null) return '';
  if (latest === null) return `, on ${shortDay(earliest)} at the earliest, perhaps not at all`;
  if (earliest === day && latest === day) return '';
  return ` (${shortDay(earliest)} – ${shortDay(latest)})`;
}

/** When alerts are raised, in words. */
export function describeThresholds(thresholds: BudgetView['thresholds']): string {
  const of = (what: 'actual' | 'forecast') =>
    thresholds
      .filter((each) => each.of === what)
      .map(({ percent }) => `${percent}%`)
      .join(', ');
  const parts = [of('actual') && `${of('actual')} spent`, of('forecast') && `${of('forecast')} expected`];
  return `Alerts at ${parts.filter(Boolean).join(' and at ')}`;
}
