CREATE TABLE IF NOT EXISTS cost_day_revisions
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the read began',
    total Decimal(38, 18) COMMENT 'Sum of the day''s facts in this revision',
    provider_total Decimal(38, 18) COMMENT 'OpenAI''s ungrouped total in this revision',
    items UInt64 COMMENT 'Number of facts in this revision',
    item_keys Array(UInt64) COMMENT 'Hashes of what each fact is about (project, key, user, line item, unit, currency), sorted',
    item_states Array(UInt64) COMMENT 'Hashes of each fact with its amount and quantity, sorted',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this revision; also empty where exact is false',
    exact Bool COMMENT 'true: item_states are hashes of every digit that OpenAI sent, and dropped_dimensions are known. false: written by a version that hashed rounded amounts'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, integration_id, day, version)
COMMENT 'Every revision of every day, written with the day itself. Read the views revisions and restatements.'
