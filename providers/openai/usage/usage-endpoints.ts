import type { UsageEndpoint } from '#domain/dataset.ts';

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
} as const satisfies Record<UsageEndpoint, readonly string[]>;

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
