/** What a usage fact may be about, by OpenAI's own names. Each is a column of the warehouse; '' where it is unknown. */
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
  'api_source', // agents_api or unlabeled
] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];
