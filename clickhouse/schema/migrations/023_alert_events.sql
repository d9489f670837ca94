CREATE TABLE IF NOT EXISTS alert_events
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that the alert belongs to',
    alert_id String COMMENT 'Id of the alert, made from the budget, its revision, the period and the threshold',
    sequence UInt32 COMMENT 'Place of the event in the alert''s history, from 0',
    event LowCardinality(String) COMMENT 'raised, fell_below, rose_again or acknowledged',
    version UInt64 COMMENT 'Unix milliseconds of the event; written twice, an event is still one',
    budget_id String COMMENT 'The budget',
    budget_name String COMMENT 'Its name when the event happened',
    revision UInt64 COMMENT 'The revision of the budget',
    period_from Date COMMENT 'First UTC day of the period',
    period_to Date COMMENT 'UTC day after its last one',
    threshold_of LowCardinality(String) COMMENT 'actual or forecast',
    threshold_percent UInt16 COMMENT 'Of the amount',
    is_quiet Bool COMMENT 'Whether a worse alert of the budget was raised at the same time, and stands for it',
    amount Decimal(38, 18) COMMENT 'The amount of the budget',
    currency LowCardinality(String) COMMENT 'ISO 4217, lower case',
    spent Decimal(38, 18) COMMENT 'What the period had cost when the event happened',
    forecast Nullable(Decimal(38, 18)) COMMENT 'What it was forecast to cost; null where there was no forecast',
    caller String COMMENT 'Of an acknowledgement: the credential''s subject'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, alert_id, sequence, event)
COMMENT 'What happened to each alert. Workers write it, and the API what people acknowledge.'
