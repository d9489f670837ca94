import type { UsageEndpoint } from '#domain/dataset.ts';
import type { UsageDimension } from '#domain/usage-dimensions.ts';

/**
 * The finest grouping of each usage endpoint. Where OpenAI refuses dimensions, they are dropped from the end: first the
 * API source, which not every organization has; then users and keys, which were refused for older windows; model and
 * project last.
 */
export const USAGE_GROUP_BY = {
  completions: ['project_id', 'model', 'service_tier', 'batch', 'api_key_id', 'user_id', 'api_source'],
  decisions: ['project_id', 'model', 'service_tier', 'batch', 'api_key_id', 'user_id', 'api_source'],
  embeddings: ['project_id', 'model', 'api_key_id', 'user_id'],
  moderations: ['project_id', 'model', 'api_key_id', 'user_id'],
  images: ['project_id', 'model', 'source', 'size', 'api_key_id', 'user_id'],
  audio_speeches: ['project_id', 'model', 'api_key_id', 'user_id'],
  audio_transcriptions: ['project_id', 'model', 'api_key_id', 'user_id'],
  vector_stores: ['project_id'],
  code_interpreter_sessions: ['project_id'],
  file_search_calls: ['project_id', 'vector_store_id', 'api_key_id', 'user_id'],
  web_search_calls: ['project_id', 'model', 'context_level', 'api_key_id', 'user_id', 'api_source'],
} as const satisfies Record<UsageEndpoint, readonly UsageDimension[]>;
