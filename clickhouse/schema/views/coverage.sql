-- The latest read of every day of every dataset.
CREATE OR REPLACE VIEW coverage
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    dataset LowCardinality(String) COMMENT 'What was read: costs, usage/completions, usage/embeddings, …',
    day Date COMMENT 'UTC day. A day without a row was never synced; a day with items = 0 was synced and has no facts',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the latest read of this day began, whether or not it changed the day',
    items UInt32 COMMENT 'Number of facts that the day has',
    complete Bool COMMENT 'Whether the day had ended when it was read',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this day. Where api_key_id is one of them, facts without a key belong to keys that OpenAI did not name; otherwise they belong to no key'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, dataset, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at,
    items,
    toBool(synced_at >= toDateTime64(day + 1, 3, 'UTC')) AS complete,
    dropped_dimensions
FROM day_reads FINAL
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per integration, dataset and day that was synced'
