-- Every state in which a day was written, with its totals.
CREATE OR REPLACE VIEW revisions
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    revised_at DateTime64(3, 'UTC') COMMENT 'When the read that found this revision began',
    total Decimal(38, 18) COMMENT 'Sum of the day''s facts in this revision, of all currencies',
    provider_total Decimal(38, 18) COMMENT 'OpenAI''s ungrouped total in this revision, of all currencies',
    items UInt64 COMMENT 'Number of facts in this revision'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS revised_at,
    total, provider_total, items
FROM cost_day_revisions FINAL
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row each time that a day of an integration was written: because something in it changed, even a name, or because the day had ended since its last read. What a day''s total was at a time: argMax(total, revised_at) of its revisions up to then, of each integration by itself; then sum over the integrations'
