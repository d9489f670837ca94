-- Compares, day by day, the sum of our cost facts with the total that OpenAI states without any grouping.
CREATE OR REPLACE VIEW reconciliation
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    ours Decimal(38, 18) COMMENT 'Sum of the day''s facts',
    theirs Decimal(38, 18) COMMENT 'The day''s total as OpenAI states it, without any grouping',
    difference Decimal(38, 18) COMMENT 'ours − theirs; zero, or digits after the 18th decimal',
    settled Bool COMMENT 'Whether the day had ended when it was read; a day that had not may differ',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the read that wrote this day began'
)
AS
SELECT
    tenant_id, integration_id, day,
    arraySum(items.amount) AS ours,
    provider_total AS theirs,
    ours - theirs AS difference,
    toBool(synced_at >= toDateTime64(day + 1, 3, 'UTC')) AS settled,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at
FROM cost_days FINAL
COMMENT 'One row per day: the sum of our facts beside OpenAI''s own total'
