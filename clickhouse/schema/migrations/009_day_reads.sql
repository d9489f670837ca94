CREATE TABLE IF NOT EXISTS day_reads
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    dataset LowCardinality(String) COMMENT 'What was read: costs, usage/completions, …',
    day Date COMMENT 'UTC day',
    version UInt64 COMMENT 'Unix milliseconds when the latest read that was written began',
    items UInt32 COMMENT 'Facts that the day had'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, dataset, day)
COMMENT 'When each day was last read, whether or not that changed it. Written after the day itself. Read the view coverage.'
