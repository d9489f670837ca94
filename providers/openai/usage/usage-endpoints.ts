/**
 * The usage endpoints and the finest grouping that each allows. Dimensions are given up from the end, where they are
 * refused: users and keys first, as these have been refused for older windows; project and model at the very last.
 */
export const FINEST_USAGE = {
  completions: ['project_id', 'model', 'service_tier', 'batch', 'api_key_id', 'user_id'],
  embeddings: ['project_id', 'model', 'api_key_id', 'user_id'],
  moderations: ['project_id', 'model', 'api_key_id', 'user_id'],
  images: ['project_id', 'model', 'source', 'size', 'api_key_id', 'user_id'],
  audio_speeches: ['project_id', 'model', 'api_key_id', 'user_id'],
  audio_transcriptions: ['project_id', 'model', 'api_key_id', 'user_id'],
  vector_stores: ['project_id'],
  code_interpreter_sessions: ['project_id'],
  file_search_calls: ['project_id', 'vector_store_id', 'api_key_id', 'user_id'],
  web_search_calls: ['project_id', 'model', 'context_level', 'api_key_id', 'user_id'],
} as const;

export type UsageEndpoint = keyof typeof FINEST_USAGE;

/** The last part of each endpoint's path, below /organization/usage/. */
export const USAGE_ENDPOINTS = Object.keys(FINEST_USAGE) as UsageEndpoint[];

/** What a usage row may be about, by OpenAI's own names. */
export const USAGE_DIMENSIONS = [
  'project_id',
  'user_id',
  'api_key_id',
  'model',
  'batch',
  'service_tier',
  'size',
  'source',
  'context_level',
  'vector_store_id',
] as const;

export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** What is known to be measured, by OpenAI's own names; a row may hold more. */
export const USAGE_METRICS = [
  'input_tokens', // includes cached and cache-write tokens
  'input_uncached_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens',
  'input_text_tokens', // text, audio and image split the uncached tokens
  'input_audio_tokens',
  'input_image_tokens',
  'input_cached_text_tokens',
  'input_cached_audio_tokens',
  'input_cached_image_tokens',
  'output_tokens',
  'output_text_tokens',
  'output_audio_tokens',
  'output_image_tokens',
  'num_model_requests',
  'images',
  'characters',
  'seconds',
  'usage_bytes', // a stock at the day's end, not a flow
  'num_sessions',
  'num_requests',
] as const;
