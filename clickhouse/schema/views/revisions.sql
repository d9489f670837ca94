CREATE OR REPLACE VIEW revisions
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    revised_at DateTime64(3, 'UTC') COMMENT 'When the read that brought this revision began',
    total Decimal(38, 18) COMMENT 'Sum of the day''s facts in this revision',
    provider_total Decimal(38, 18) COMMENT 'OpenAI''s ungrouped total in this revision',
    items UInt64 COMMENT 'Facts in this revision'
)
AS
SELECT
    tenant_id, integration_id, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS revised_at,
    total, provider_total, items
FROM cost_day_revisions FINAL
COMMENT 'One row each time that a day of an integration was written: it changed, if only a name in it, or it had ended since. As of a time, the day''s total of one integration is argMax(total, revised_at) of its revisions until then; sum those of several integrations'
