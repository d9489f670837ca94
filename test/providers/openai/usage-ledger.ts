import { daysOf } from '#domain/day.ts';
import type { UsageFact } from '#providers/openai/usage/usage-row.ts';
import { bucket, requestedDays } from './ledger.ts';
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

/** One bucket for each requested day. */
export function usageBuckets(call: Call) {
  return requestedDays(call).map((day) => bucket(day, usageOf(day)));
}

/** What a right reading of the week looks like. */
export const TRUTH = daysOf(WEEK).map((day) => [
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

/** A page of one bucket with one row, written by hand: what counts is the text. */
export const onePage = (rowText: string) =>
  `{"object":"page","data":[{"object":"bucket","start_time":1767571200,"end_time":1767657600,"results":[${rowText}]}],
    "has_more":false,"next_page":null}`;

export const NO_DIMENSIONS = {
  project_id: '',
  user_id: '',
  api_key_id: '',
  model: '',
  batch: '',
  service_tier: '',
  size: '',
  source: '',
  context_level: '',
  vector_store_id: '',
  api_source: '',
};
