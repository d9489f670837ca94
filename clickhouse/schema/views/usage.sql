-- Every usage fact as a row of its own: the days of usage_days, whose facts are parallel arrays, unfolded.
CREATE OR REPLACE VIEW usage
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the fact was read through',
    dataset LowCardinality(String) COMMENT 'Endpoint: usage/completions, usage/decisions, usage/images, …',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    user_id LowCardinality(String) COMMENT 'OpenAI user, verbatim; empty where not attributed or refused for the day',
    api_key_id LowCardinality(String) COMMENT 'OpenAI API key id, verbatim; empty where not attributed or refused for the day',
    model LowCardinality(String) COMMENT 'Model, verbatim; line items of costs may name it with or without a date',
    batch LowCardinality(String) COMMENT 'true for the batch API, false otherwise; empty where not said',
    service_tier LowCardinality(String) COMMENT 'Service tier, verbatim',
    size LowCardinality(String) COMMENT 'Image size, verbatim',
    source LowCardinality(String) COMMENT 'Image source: image.generation, image.edit, …, verbatim',
    context_level LowCardinality(String) COMMENT 'Search context level of web searches, verbatim',
    vector_store_id LowCardinality(String) COMMENT 'Vector store of file searches, verbatim',
    api_source LowCardinality(String) COMMENT 'agents_api or unlabeled, of completions, decisions and web searches; empty where OpenAI was not asked or refused to say for the day',
    input_tokens Decimal(38, 18) COMMENT 'Input tokens; includes cached and cache-write tokens',
    input_uncached_tokens Decimal(38, 18) COMMENT 'Input tokens that were neither cached nor written to the cache',
    input_cached_tokens Decimal(38, 18) COMMENT 'Input tokens that were read from the cache',
    input_cache_write_tokens Decimal(38, 18) COMMENT 'Input tokens that were written to the cache',
    input_cache_write_12h_tokens Decimal(38, 18) COMMENT 'Of input_cache_write_tokens, which has them already: kept for 12 hours',
    input_cache_write_30m_tokens Decimal(38, 18) COMMENT 'Of input_cache_write_tokens, which has them already: kept for 30 minutes',
    input_text_tokens Decimal(38, 18) COMMENT 'Of the uncached input tokens: text',
    input_audio_tokens Decimal(38, 18) COMMENT 'Of the uncached input tokens: audio',
    input_image_tokens Decimal(38, 18) COMMENT 'Of the uncached input tokens: images',
    input_cached_text_tokens Decimal(38, 18) COMMENT 'Of the cached input tokens: text',
    input_cached_audio_tokens Decimal(38, 18) COMMENT 'Of the cached input tokens: audio',
    input_cached_image_tokens Decimal(38, 18) COMMENT 'Of the cached input tokens: images',
    output_tokens Decimal(38, 18) COMMENT 'Output tokens',
    output_text_tokens Decimal(38, 18) COMMENT 'Of the output tokens: text',
    output_audio_tokens Decimal(38, 18) COMMENT 'Of the output tokens: audio',
    output_image_tokens Decimal(38, 18) COMMENT 'Of the output tokens: images',
    num_model_requests Decimal(38, 18) COMMENT 'Requests to a model; requests of web searches are counted under completions, too',
    images Decimal(38, 18) COMMENT 'Images made or edited',
    characters Decimal(38, 18) COMMENT 'Characters turned into speech',
    seconds Decimal(38, 18) COMMENT 'Seconds of audio transcribed',
    usage_bytes Decimal(38, 18) COMMENT 'Bytes that vector stores hold at the end of the day: do not sum it over days',
    num_sessions Decimal(38, 18) COMMENT 'Code interpreter sessions',
    num_requests Decimal(38, 18) COMMENT 'Calls of a tool',
    other_metrics Map(LowCardinality(String), Decimal(38, 18)) COMMENT 'Numbers that this version has no column for, by OpenAI''s names. Not stable: a later version may give a number a column',
    extra String COMMENT 'Other fields that this version does not know, as JSON; empty where there are none. Not stable: a later version may give a field a column',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the read that wrote this day began'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, dataset, day,
    project_id, user_id, api_key_id, model, batch, service_tier, size, source, context_level, vector_store_id, api_source,
    input_tokens, input_uncached_tokens, input_cached_tokens, input_cache_write_tokens,
    input_cache_write_12h_tokens, input_cache_write_30m_tokens, input_text_tokens,
    input_audio_tokens, input_image_tokens, input_cached_text_tokens, input_cached_audio_tokens,
    input_cached_image_tokens, output_tokens, output_text_tokens, output_audio_tokens, output_image_tokens,
    num_model_requests, images, characters, seconds, usage_bytes, num_sessions, num_requests, other_metrics, extra,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at
FROM usage_days FINAL
-- Each column is listed by itself. So no tuple of all columns is built for every row, and an engine that prunes ARRAY
-- JOIN within views reads only the columns that a query names.
ARRAY JOIN
    items.project_id AS project_id, items.user_id AS user_id, items.api_key_id AS api_key_id, items.model AS model,
    items.batch AS batch, items.service_tier AS service_tier, items.size AS size, items.source AS source,
    items.context_level AS context_level, items.vector_store_id AS vector_store_id,
    items.api_source AS api_source, items.input_cache_write_12h_tokens AS input_cache_write_12h_tokens,
    items.input_cache_write_30m_tokens AS input_cache_write_30m_tokens,
    items.input_tokens AS input_tokens, items.input_uncached_tokens AS input_uncached_tokens,
    items.input_cached_tokens AS input_cached_tokens, items.input_cache_write_tokens AS input_cache_write_tokens,
    items.input_text_tokens AS input_text_tokens, items.input_audio_tokens AS input_audio_tokens,
    items.input_image_tokens AS input_image_tokens, items.input_cached_text_tokens AS input_cached_text_tokens,
    items.input_cached_audio_tokens AS input_cached_audio_tokens,
    items.input_cached_image_tokens AS input_cached_image_tokens, items.output_tokens AS output_tokens,
    items.output_text_tokens AS output_text_tokens, items.output_audio_tokens AS output_audio_tokens,
    items.output_image_tokens AS output_image_tokens, items.num_model_requests AS num_model_requests,
    items.images AS images, items.characters AS characters, items.seconds AS seconds,
    items.usage_bytes AS usage_bytes, items.num_sessions AS num_sessions, items.num_requests AS num_requests,
    items.other_metrics AS other_metrics, items.extra AS extra
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per usage fact, as fine as OpenAI gives it; a metric that the endpoint does not have is 0'
