/**
 * The known measures of usage, by OpenAI's own names. Each is a column of the warehouse; numbers with other names are
 * stored in one map beside them.
 */
export const USAGE_METRICS = [
  'input_tokens', // includes cached and cache-write tokens
  'input_uncached_tokens',
  'input_cached_tokens',
  'input_cache_write_tokens', // the sum of the next two
  'input_cache_write_12h_tokens',
  'input_cache_write_30m_tokens',
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
export type UsageMetric = (typeof USAGE_METRICS)[number];
