CREATE TABLE IF NOT EXISTS usage_days
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    dataset LowCardinality(String) COMMENT 'Endpoint that was read: usage/completions, usage/embeddings, …',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the read began; of several rows of a day, the one with the highest version counts',
    content_hash String COMMENT 'Hash of the day''s content; a read that finds the same content does not rewrite the day',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this day; its facts are not divided by them',
    items Nested
    (
        project_id LowCardinality(String),
        user_id LowCardinality(String),
        api_key_id LowCardinality(String),
        model LowCardinality(String),
        batch LowCardinality(String),
        service_tier LowCardinality(String),
        size LowCardinality(String),
        source LowCardinality(String),
        context_level LowCardinality(String),
        vector_store_id LowCardinality(String),
        input_tokens Decimal(38, 18),
        input_uncached_tokens Decimal(38, 18),
        input_cached_tokens Decimal(38, 18),
        input_cache_write_tokens Decimal(38, 18),
        input_text_tokens Decimal(38, 18),
        input_audio_tokens Decimal(38, 18),
        input_image_tokens Decimal(38, 18),
        input_cached_text_tokens Decimal(38, 18),
        input_cached_audio_tokens Decimal(38, 18),
        input_cached_image_tokens Decimal(38, 18),
        output_tokens Decimal(38, 18),
        output_text_tokens Decimal(38, 18),
        output_audio_tokens Decimal(38, 18),
        output_image_tokens Decimal(38, 18),
        num_model_requests Decimal(38, 18),
        images Decimal(38, 18),
        characters Decimal(38, 18),
        seconds Decimal(38, 18),
        usage_bytes Decimal(38, 18),
        num_sessions Decimal(38, 18),
        num_requests Decimal(38, 18),
        other_metrics Map(LowCardinality(String), Decimal(38, 18)),
        extra String
    ) COMMENT 'The day''s facts; columns as in the view usage',
    CONSTRAINT version_is_given CHECK version > 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, dataset, day)
SETTINGS index_granularity = 64
COMMENT 'One row per tenant, integration, usage endpoint and UTC day, replaced as a whole. Read the view usage.'
