CREATE TABLE IF NOT EXISTS limit_days
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the limits were read through',
    day Date COMMENT 'UTC day of the read',
    version UInt64 COMMENT 'Unix milliseconds when the read began; of several rows of a day, the one with the highest version counts',
    is_readable Bool COMMENT 'Whether the admin key may read limits; without a limit, none is set where it may',
    limits Nested
    (
        kind LowCardinality(String),
        limit_id String,
        project_id String,
        amount Decimal(38, 18),
        currency LowCardinality(String),
        interval LowCardinality(String),
        is_enforcing Bool
    ) COMMENT 'The limits and alerts of the organization and its projects; each is described at the view spend_limits'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, day)
COMMENT 'All spend limits of an organization as OpenAI had them on a day: one row per day. Read the view spend_limits.'
