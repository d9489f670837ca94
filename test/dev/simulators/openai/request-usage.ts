import { expect } from 'vitest';
import type { Simulator } from '#dev/simulators/openai/simulator.ts';
import type { UsageEndpoint } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { request } from './request.ts';

export type UsageRow = Record<string, string | number | boolean | null>;
export interface UsageBucket {
  start_time: number;
  end_time: number;
  results: UsageRow[];
}

/** What each endpoint may be grouped by and counts, as OpenAI's document says. */
const people = ['project_id', 'user_id', 'api_key_id'];
const ofTokens = {
  dimensions: [...people, 'model', 'batch', 'service_tier', 'api_source'],
  metrics: [
    ...['input_tokens', 'input_cached_tokens', 'input_cache_write_tokens', 'input_cache_write_12h_tokens'],
    ...['input_cache_write_30m_tokens', 'input_uncached_tokens', 'output_tokens'],
    ...['input_text_tokens', 'output_text_tokens', 'input_cached_text_tokens', 'input_audio_tokens'],
    ...['input_cached_audio_tokens', 'output_audio_tokens', 'input_image_tokens', 'input_cached_image_tokens'],
    ...['output_image_tokens', 'num_model_requests'],
  ],
};
export const contract: Record<UsageEndpoint, { dimensions: string[]; metrics: string[] }> = {
  completions: ofTokens,
  decisions: ofTokens,
  embeddings: { dimensions: [...people, 'model'], metrics: ['input_tokens', 'num_model_requests'] },
  moderations: { dimensions: [...people, 'model'], metrics: ['input_tokens', 'num_model_requests'] },
  images: { dimensions: [...people, 'model', 'size', 'source'], metrics: ['images', 'num_model_requests'] },
  audio_speeches: { dimensions: [...people, 'model'], metrics: ['characters', 'num_model_requests'] },
  audio_transcriptions: { dimensions: [...people, 'model'], metrics: ['seconds', 'num_model_requests'] },
  vector_stores: { dimensions: ['project_id'], metrics: ['usage_bytes'] },
  code_interpreter_sessions: { dimensions: ['project_id'], metrics: ['num_sessions'] },
  file_search_calls: { dimensions: [...people, 'vector_store_id'], metrics: ['num_requests'] },
  web_search_calls: {
    dimensions: [...people, 'model', 'context_level', 'api_source'],
    metrics: ['num_model_requests', 'num_requests'],
  },
};
export const endpoints = Object.keys(contract) as UsageEndpoint[];

/** The buckets of a usage endpoint; the answer must be one whole page. */
export async function usageBuckets(
  simulator: Simulator,
  endpoint: UsageEndpoint,
  query: Record<string, string | number | string[]>,
): Promise<UsageBucket[]> {
  const { status, text } = await request(simulator, `/organization/usage/${endpoint}`, query);
  expect(status, text).toBe(200);
  const body = JSON.parse(text);
  expect(body).toMatchObject({ object: 'page', has_more: false, next_page: null });
  return body.data;
}
