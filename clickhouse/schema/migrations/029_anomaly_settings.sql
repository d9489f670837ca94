CREATE TABLE IF NOT EXISTS anomaly_settings
(
    tenant_id LowCardinality(String) COMMENT 'Tenant whose costs are judged',
    version UInt64 COMMENT 'Unix milliseconds of the change; of several rows of a tenant, the one with the highest version counts',
    sensitivity LowCardinality(String) COMMENT 'off, low, medium or high',
    minimum Decimal(38, 18) COMMENT 'Costs that are less than this above what is usual are no anomaly',
    muted Array(Tuple(dimension String, value String)) COMMENT 'Projects, API keys, models and line items that raise no alert'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY tenant_id
COMMENT 'When costs far above what is usual raise alerts. The API writes it; a tenant without a row has the defaults.'
