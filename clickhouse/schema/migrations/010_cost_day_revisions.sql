CREATE TABLE IF NOT EXISTS cost_day_revisions
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the read began',
    total Decimal(38, 18) COMMENT 'Sum of the day''s facts in this revision',
    provider_total Decimal(38, 18) COMMENT 'OpenAI''s ungrouped total in this revision',
    items UInt64 COMMENT 'Facts in this revision',
    item_keys Array(UInt64) COMMENT 'Hash of what each fact is about, sorted: project, key, user, line item, unit, currency',
    item_states Array(UInt64) COMMENT 'Hash of each fact with its amount and quantity, sorted'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, integration_id, day, version)
COMMENT 'Every revision of every day, written with the day itself. Read the views revisions and restatements.'
