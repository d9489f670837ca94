import { addDays, daysOf, toDay, toUnix } from '../../openai/days.ts';
import type { UsageFact } from '../../openai/usage-row.ts';
import type { Call } from './provider.ts';

type Row = Record<string, unknown>;

export const DAY = { from: '2026-01-05', to: '2026-01-06' };
export const WEEK = { from: '2026-01-05', to: '2026-01-12' };

/** A day's completions for the tests: one row a model, each day's numbers its own; the 8th is quiet. */
export function usageOf(day: string): Row[] {
  const number = Number(day.slice(-2));
  return number === 8
    ? []
    : ['gpt-5', 'o3'].map((model, index) => ({
        object: 'organization.usage.completions.result',
        project_id: 'proj_1',
        model,
        input_tokens: number * 100 + index,
        num_model_requests: number,
      }));
}

export function usageBucket(day: string, results: unknown) {
  return { object: 'bucket', start_time: toUnix(day), end_time: toUnix(addDays(day, 1)), results };
}

/** One bucket for each day that was asked for. */
export function usageBuckets({ params }: Call) {
  const from = toDay(Number(params.get('start_time')));
  const to = addDays(toDay(Number(params.get('end_time')) - 1), 1);
  return daysOf(from, to).map((day) => usageBucket(day, usageOf(day)));
}

export function usagePage(data: unknown[], next_page: string | null = null) {
  return { object: 'page', data, has_more: next_page !== null, next_page };
}

/** What a right reading of the week looks like. */
export const TRUTH = daysOf(WEEK.from, WEEK.to).map((day) => [
  day,
  ...usageOf(day).map(
    ({ model, input_tokens, num_model_requests }) => `${model} ${input_tokens} ${num_model_requests}`,
  ),
]);

export function reading(days: { day: string; facts: UsageFact[] }[]): string[][] {
  return days.map(({ day, facts }) => [
    day,
    ...facts.map(
      ({ dimensions, metrics }) => `${dimensions.model} ${metrics.input_tokens} ${metrics.num_model_requests}`,
    ),
  ]);
}
