CREATE TABLE IF NOT EXISTS cost_days
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the read began; of several rows of a day, the one with the highest version counts',
    provider_total Decimal(38, 18) COMMENT 'The day''s total as OpenAI states it, without any grouping',
    provider_total_verbatim String COMMENT 'The same total, every digit that OpenAI sent',
    content_hash String COMMENT 'Hash of the day''s content; a read that finds the same content does not rewrite the day',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this day; its facts are not divided by them',
    items Nested
    (
        project_id LowCardinality(String),
        project_name LowCardinality(String),
        api_key_id LowCardinality(String),
        user_id LowCardinality(String),
        user_email LowCardinality(String),
        line_item LowCardinality(String),
        service LowCardinality(String),
        model LowCardinality(String),
        token_type LowCardinality(String),
        modality LowCardinality(String),
        service_tier LowCardinality(String),
        surface LowCardinality(String),
        long_context Bool,
        amount Decimal(38, 18),
        amount_verbatim String,
        currency LowCardinality(String),
        quantity Nullable(Decimal(38, 18)),
        quantity_verbatim String,
        quantity_unit LowCardinality(String),
        extra String
    ) COMMENT 'The day''s facts; columns as in the view costs',
    CONSTRAINT version_is_given CHECK version > 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, day)
SETTINGS index_granularity = 64
COMMENT 'One row per tenant, integration and UTC day. A sync rewrites whole days that changed, so a reader sees the old day or the new one. Read the view costs.'
