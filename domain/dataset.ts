/** The usage endpoints that are synced, by the last part of their path. */
export const USAGE_ENDPOINTS = [
  'completions',
  'decisions',
  'embeddings',
  'moderations',
  'images',
  'audio_speeches',
  'audio_transcriptions',
  'vector_stores',
  'code_interpreter_sessions',
  'file_search_calls',
  'web_search_calls',
] as const;
export type UsageEndpoint = (typeof USAGE_ENDPOINTS)[number];

export type UsageDataset = `usage/${UsageEndpoint}`;

/** What is synced from the provider, in whole days. */
export type Dataset = 'costs' | UsageDataset;

export const USAGE_DATASETS = USAGE_ENDPOINTS.map((endpoint): UsageDataset => `usage/${endpoint}`);

export const endpointOf = (dataset: UsageDataset): UsageEndpoint => dataset.slice('usage/'.length) as UsageEndpoint;
