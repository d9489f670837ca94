CREATE OR REPLACE VIEW reconciliation
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    ours Decimal(38, 18) COMMENT 'Sum of the day''s facts',
    theirs Decimal(38, 18) COMMENT 'The day''s total as OpenAI states it without any grouping',
    difference Decimal(38, 18) COMMENT 'ours − theirs; zero, or digits past the 18th decimal',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the read of this day began'
)
AS
SELECT
    tenant_id, integration_id, day,
    arraySum(items.amount) AS ours,
    provider_total AS theirs,
    ours - theirs AS difference,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at
FROM cost_days FINAL
COMMENT 'One row per day: the sum of our facts beside the provider''s own total'
