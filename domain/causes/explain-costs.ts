import { addDays, type Day } from '../day.ts';
import {
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal.ts';
import type { Causes, Contributor, Reason } from './causes.ts';
import { CAUSE_DIMENSIONS, type CostChange } from './cost-change.ts';

type Part = Causes['reasons'][number];

const MAX_CONTRIBUTORS = 5;
/** What had its first costs within so many days before is still new. */
const NEW_DAYS = 14;

/**
 * Explains a rise of costs by what rose.
 * @param from the first day of the rise
 */
export function explainCosts(
  changes: readonly CostChange[],
  from: Day,
  compared_with: NonNullable<Causes['compared_with']>,
): Causes {
  const rises = changes
    .map((each) => ({ each, change: subtractDecimals(each.amount, each.before) }))
    .filter(({ change }) => compareDecimals(change, '0') > 0)
    .sort((a, b) => compareDecimals(b.change, a.change));
  const parts = rises.flatMap(({ each, change }) => partsOf(each, change, addDays(from, -NEW_DAYS)));
  const reasons = [...Map.groupBy(parts, ({ reason }) => reason)].map(([reason, those]) => ({
    reason,
    change: sumDecimals(those.map(({ change }) => change)),
  }));
  return {
    compared_with,
    reasons: reasons.sort((a, b) => compareDecimals(b.change, a.change)),
    contributors: rises
      .slice(0, MAX_CONTRIBUTORS)
      .map(({ each, change }) => contributorOf(each, { before: each.before, change })),
  };
}

/** Explains that costs fell by what fell. */
export function explainFall(changes: readonly CostChange[]): Causes {
  const falls = changes
    .map((each) => ({ each, change: subtractDecimals(each.amount, each.before) }))
    .filter(({ change }) => compareDecimals(change, '0') < 0)
    .sort((a, b) => compareDecimals(a.change, b.change));
  const reasonOf = ({ amount }: CostChange): Reason => (compareDecimals(amount, '0') === 0 ? 'stopped' : 'quantity');
  const reasons = [...Map.groupBy(falls, ({ each }) => reasonOf(each))].map(([reason, those]) => ({
    reason,
    change: sumDecimals(those.map(({ change }) => change)),
  }));
  return {
    compared_with: 'usual',
    reasons: reasons.sort((a, b) => compareDecimals(a.change, b.change)),
    contributors: falls
      .slice(0, MAX_CONTRIBUTORS)
      .map(({ each, change }) => contributorOf(each, { before: each.before, change })),
  };
}

/** What costs are for, where nothing is known that they rose from. */
export function mostOf(changes: readonly CostChange[]): Causes {
  const most = changes
    .filter(({ amount }) => compareDecimals(amount, '0') > 0)
    .sort((a, b) => compareDecimals(b.amount, a.amount))
    .slice(0, MAX_CONTRIBUTORS);
  const contributors = most.map((each) => contributorOf(each, { before: null, change: null }));
  return { compared_with: null, reasons: [], contributors };
}

function contributorOf(each: CostChange, compared: Pick<Contributor, 'before' | 'change'>): Contributor {
  const { project_id, project_name, api_key_id, api_key_name, model, line_item, amount } = each;
  return { project_id, project_name, api_key_id, api_key_name, model, line_item, amount, ...compared };
}

const NEW = { project_id: 'new_project', api_key_id: 'new_api_key', model: 'new_model', line_item: 'new_line_item' };

/** The parts of a rise, by reason: of what is used more at a higher price, both. */
function partsOf(each: CostChange, change: Decimal, newFrom: Day): Part[] {
  const byPrice = priceShareOf(each, newFrom);
  if (typeof byPrice === 'string') return [{ reason: byPrice, change }];
  const ofPrice = divideDecimals(multiplyDecimal(change, Math.round(byPrice * PARTS)), String(PARTS), DIGITS) ?? '0';
  const parts: Part[] = [
    { reason: 'unit_price', change: ofPrice },
    { reason: 'quantity', change: subtractDecimals(change, ofPrice) },
  ];
  return parts.filter((part) => compareDecimals(part.change, '0') > 0);
}

/** A share is taken in so many parts, and the money of it rounded to so many digits: together they are all of the rise. */
const PARTS = 1_000_000_000_000;
const DIGITS = 9;

/** What share of a rise is that of the unit price, and the rest that of the quantity; or the one reason that it has. */
function priceShareOf(change: CostChange, newFrom: Day): Reason | number {
  const isNew = CAUSE_DIMENSIONS.find((name) => change[name] !== '' && change.since[name] > newFrom);
  if (isNew) return NEW[isNew] as Reason;
  const { quantity, quantity_before } = change;
  if (quantity === null || Number(quantity) === 0) return 'charge';
  if (quantity_before === null || Number(quantity_before) === 0) return 'quantity';
  const priceBefore = Number(change.before) / Number(quantity_before);
  const byPrice = Number(change.amount) - priceBefore * Number(quantity);
  const byQuantity = (Number(quantity) - Number(quantity_before)) * priceBefore;
  if (byPrice <= 0) return 'quantity';
  return byQuantity <= 0 ? 'unit_price' : byPrice / (byPrice + byQuantity);
}
