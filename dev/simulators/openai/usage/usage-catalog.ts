const people = ['project_id', 'user_id', 'api_key_id'] as const;
const model = [...people, 'model'] as const;

const metricsOfTokens = [
  'input_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens',
  'input_cache_write_12h_tokens',
  'input_cache_write_30m_tokens',
  'input_uncached_tokens',
  'output_tokens',
  'input_text_tokens',
  'output_text_tokens',
  'input_cached_text_tokens',
  'input_audio_tokens',
  'input_cached_audio_tokens',
  'output_audio_tokens',
  'input_image_tokens',
  'input_cached_image_tokens',
  'output_image_tokens',
  'num_model_requests',
] as const;

/** The eleven usage endpoints: what their rows are called, what they may be grouped by, what they count. */
export const usageCatalog = {
  completions: {
    object: 'organization.usage.completions.result',
    dimensions: [...model, 'batch', 'service_tier', 'api_source'],
    metrics: metricsOfTokens,
  },
  decisions: {
    object: 'organization.usage.decisions.result',
    dimensions: [...model, 'batch', 'service_tier', 'api_source'],
    metrics: metricsOfTokens,
  },
  embeddings: {
    object: 'organization.usage.embeddings.result',
    dimensions: model,
    metrics: ['input_tokens', 'num_model_requests'],
  },
  moderations: {
    object: 'organization.usage.moderations.result',
    dimensions: model,
    metrics: ['input_tokens', 'num_model_requests'],
  },
  images: {
    object: 'organization.usage.images.result',
    dimensions: [...model, 'size', 'source'],
    metrics: ['images', 'num_model_requests'],
  },
  audio_speeches: {
    object: 'organization.usage.audio_speeches.result',
    dimensions: model,
    metrics: ['characters', 'num_model_requests'],
  },
  audio_transcriptions: {
    object: 'organization.usage.audio_transcriptions.result',
    dimensions: model,
    metrics: ['seconds', 'num_model_requests'],
  },
  vector_stores: {
    object: 'organization.usage.vector_stores.result',
    dimensions: ['project_id'],
    metrics: ['usage_bytes'],
  },
  code_interpreter_sessions: {
    object: 'organization.usage.code_interpreter_sessions.result',
    dimensions: ['project_id'],
    metrics: ['num_sessions'],
  },
  file_search_calls: {
    object: 'organization.usage.file_searches.result',
    dimensions: [...people, 'vector_store_id'],
    metrics: ['num_requests'],
  },
  web_search_calls: {
    object: 'organization.usage.web_searches.result',
    dimensions: [...model, 'context_level', 'api_source'],
    metrics: ['num_model_requests', 'num_requests'],
  },
} as const satisfies Record<string, { object: string; dimensions: readonly string[]; metrics: readonly string[] }>;

export type UsageEndpoint = keyof typeof usageCatalog;
export type UsageDimension = (typeof usageCatalog)[UsageEndpoint]['dimensions'][number];

export const usageEndpoints = Object.keys(usageCatalog) as UsageEndpoint[];

export const usageDimensions = (endpoint: UsageEndpoint): readonly UsageDimension[] =>
  usageCatalog[endpoint].dimensions;
