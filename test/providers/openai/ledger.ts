import { addDays, dayAt, daysOf, startOfDay } from '#domain/day.ts';
import type { Call } from './provider.ts';

type Row = { line_item: string; amount: { value: string; currency: string } };
export type Bucket<Results = Row[]> = { object: 'bucket'; start_time: number; end_time: number; results: Results };
type Page<One = Bucket> = { object: 'page'; data: One[]; has_more: boolean; next_page: string | null };

export const MONTH = { from: '2026-01-01', to: '2026-02-01' };

export function row(line_item: string, value: string): Row {
  return { line_item, amount: { value, currency: 'usd' } };
}

/** A month's bill for the tests: two rows a day, the third of each week quiet. */
export function rowsOf(day: string): Row[] {
  const number = Number(day.slice(-2));
  return number % 7 === 3 ? [] : [row('gpt-5, input', `0.${number}`), row('gpt-5, output', `1.${number}`)];
}

/** One bucket for each requested day. */
export function bucketsOf(call: Call, rows = rowsOf): Bucket[] {
  return requestedDays(call).map((day) => bucket(day, rows(day)));
}

export function requestedDays({ params }: Call): string[] {
  const from = dayAt(Number(params.get('start_time')) * 1000);
  const to = addDays(dayAt((Number(params.get('end_time')) - 1) * 1000), 1);
  return daysOf({ from, to });
}

export function bucket<Results>(day: string, results: Results): Bucket<Results> {
  return {
    object: 'bucket',
    start_time: startOfDay(day) / 1000,
    end_time: startOfDay(addDays(day, 1)) / 1000,
    results,
  };
}

export function page<One>(data: One[], next_page: string | null = null): Page<One> {
  return { object: 'page', data, has_more: next_page !== null, next_page };
}

/** The pages of a well-behaved server with `size` buckets each; tokens are positions. */
export function paged(call: Call, size: number): Page {
  const buckets = bucketsOf(call);
  const start = Number(call.params.get('page') ?? 0);
  const end = start + Math.min(size, Number(call.params.get('limit')));
  return page(buckets.slice(start, end), end < buckets.length ? String(end) : null);
}

/** What a right reading of the month looks like. */
export const TRUTH = daysOf(MONTH).map((day) => [
  day,
  ...rowsOf(day).map(({ line_item, amount }) => `${line_item} ${Number(amount.value)}`),
]);

export function reading(days: { day: string; facts: { line_item: string; amount: string }[] }[]): string[][] {
  return days.map(({ day, facts }) => [day, ...facts.map(({ line_item, amount }) => `${line_item} ${amount}`)]);
}

/** The different lists of dropped dimensions among a window's days: one, where all days are alike. */
export function droppedOf({ days }: { days: { dropped: readonly string[] }[] }): string[][] {
  return [...new Set(days.map(({ dropped }) => dropped.join()))].map((list) => list.split(',').filter(Boolean));
}
