CREATE TABLE IF NOT EXISTS budgets
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that the budget belongs to',
    budget_id String COMMENT 'Id of the budget',
    version UInt64 COMMENT 'Unix milliseconds of the change; of several rows of a budget, the one with the highest version counts',
    revision UInt64 COMMENT 'Unix milliseconds of the last change of what is counted or of the limits; alerts belong to a revision',
    is_deleted Bool COMMENT 'Whether the budget was deleted',
    name String COMMENT 'The budget''s name, verbatim',
    filters Map(String, Array(String)) COMMENT 'By dimension of costs, the values that count; all costs where it is empty',
    period LowCardinality(String) COMMENT 'month, quarter or year, of the calendar in UTC',
    amount Decimal(38, 18) COMMENT 'What each period may cost',
    currency LowCardinality(String) COMMENT 'ISO 4217, lower case; costs in other currencies do not count',
    thresholds Array(Tuple(of String, percent UInt16)) COMMENT 'When alerts are raised: percent of the amount, of what was spent (actual) or of the forecast'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, budget_id)
COMMENT 'Budgets of tenants. The API writes them.'
