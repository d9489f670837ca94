CREATE TABLE IF NOT EXISTS day_reads
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    dataset LowCardinality(String) COMMENT 'What was read: costs, usage/completions, …',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the latest read began',
    items UInt32 COMMENT 'Number of facts that the read found',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this day; its facts are not divided by them'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, dataset, day)
COMMENT 'When each day was last read, whether or not the read changed it. Written after the day itself. Read the view coverage.'
