import { formatExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { comparedWith } from '#domain/anomalies/ranges.ts';
import { type CostSeries, SUBJECT_DIMENSIONS } from '#domain/anomalies/series.ts';
import { CAUSE_DIMENSIONS, type CostChange } from '#domain/causes/cost-change.ts';
import { addDays, type Day, type DayRange, daysOf } from '#domain/day.ts';
import type { Bill, Line } from './bill.ts';

// What the warehouse reads of a bill (clickhouse/anomalies/), by plain code.

/** The recurring costs of the organization, and of each project, API key, model and line item. */
export function seriesOf(bill: Bill): CostSeries[] {
  const sums = new Map<
    string,
    { dimension: (typeof SUBJECT_DIMENSIONS)[number]; value: string; amounts: Map<Day, bigint> }
  >();
  const oneOffs = oneOffsOf(bill, [...bill.keys()]);
  for (const [day, lines] of bill) {
    for (const line of lines) {
      if (line.amount <= 0n || oneOffs.has(line.line_item)) continue;
      for (const dimension of SUBJECT_DIMENSIONS) {
        const value = dimension === 'organization' ? '' : line[dimension];
        if (value === '' && dimension !== 'organization') continue;
        const name = `${dimension} ${value}`;
        const sum = sums.get(name) ?? { dimension, value, amounts: new Map() };
        sums.set(name, sum);
        sum.amounts.set(day, (sum.amounts.get(day) ?? 0n) + line.amount);
      }
    }
  }
  return [...sums.values()].map(({ amounts, ...subject }) => ({
    ...subject,
    currency: 'usd',
    amounts: new Map([...amounts].map(([day, amount]) => [day, formatExact(amount)])),
  }));
}

/** What is billed without a quantity, and not on most days of its time. */
function oneOffsOf(bill: Bill, days: readonly Day[]): Set<string> {
  const billedOn = new Map<string, number[]>();
  for (const [index, day] of days.entries()) {
    for (const { line_item, amount, quantity } of bill.get(day) ?? []) {
      if (quantity === null && amount > 0n) billedOn.set(line_item, [...(billedOn.get(line_item) ?? []), index]);
    }
  }
  const isRecurring = (on: number[]) => {
    const count = new Set(on).size;
    return count >= 3 && count * 2 > (on.at(-1) ?? 0) - (on[0] ?? 0) + 1;
  };
  return new Set([...billedOn].flatMap(([item, on]) => (isRecurring(on) ? [] : [item])));
}

/** What rose and fell in a range, beside the mean of the same weekdays of four weeks before. */
export function changesOf(bill: Bill, range: DayRange): CostChange[] {
  const { days: before, times } = comparedWith(range);
  const lookback = daysOf({ from: addDays(range.from, -56), to: range.to });
  const oneOffs = oneOffsOf(bill, lookback);
  const since = new Map<string, Day>();
  for (const day of lookback) {
    for (const line of bill.get(day) ?? []) {
      for (const dimension of CAUSE_DIMENSIONS) {
        const name = `${dimension} ${line[dimension]}`;
        if (!since.has(name)) since.set(name, day);
      }
    }
  }
  const sums = new Map<
    string,
    { line: Line; amount: bigint; before: bigint; quantity: bigint; quantityBefore: bigint }
  >();
  const add = (days: readonly Day[], isNow: boolean) => {
    for (const line of days.flatMap((day) => bill.get(day) ?? [])) {
      if (line.amount <= 0n || oneOffs.has(line.line_item)) continue;
      const name = JSON.stringify(CAUSE_DIMENSIONS.map((dimension) => line[dimension]));
      const sum = sums.get(name) ?? { line, amount: 0n, before: 0n, quantity: 0n, quantityBefore: 0n };
      sums.set(name, sum);
      const quantity = line.quantity ?? 0n;
      if (isNow) {
        sum.amount += line.amount;
        sum.quantity += quantity;
      } else {
        sum.before += line.amount / BigInt(times);
        sum.quantityBefore += quantity / BigInt(times);
      }
    }
  };
  add(daysOf(range), true);
  add(before, false);
  return [...sums.values()].map(({ line, amount, before, quantity, quantityBefore }) => {
    const { project_id, api_key_id, model, line_item } = line;
    const sinceOf = (dimension: (typeof CAUSE_DIMENSIONS)[number]) =>
      since.get(`${dimension} ${line[dimension]}`) ?? range.from;
    return {
      ...{ project_id, api_key_id, model, line_item, currency: 'usd', project_name: '', api_key_name: '' },
      amount: formatExact(amount),
      before: formatExact(before),
      quantity: line.quantity === null ? null : formatExact(quantity),
      quantity_before: line.quantity === null ? null : formatExact(quantityBefore),
      since: {
        project_id: sinceOf('project_id'),
        api_key_id: sinceOf('api_key_id'),
        model: sinceOf('model'),
        line_item: sinceOf('line_item'),
      },
    };
  });
}
