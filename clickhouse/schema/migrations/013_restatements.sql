CREATE OR REPLACE VIEW restatements
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day that was restated',
    restated_at DateTime64(3, 'UTC') COMMENT 'When the read that found the change began',
    old_total Decimal(38, 18) COMMENT 'Sum of the day''s facts before',
    new_total Decimal(38, 18) COMMENT 'Sum of the day''s facts after',
    difference Decimal(38, 18) COMMENT 'new_total − old_total',
    items_added UInt64 COMMENT 'Facts that are new',
    items_removed UInt64 COMMENT 'Facts that are gone',
    items_changed UInt64 COMMENT 'Facts whose amount or quantity is another',
    was_complete Bool COMMENT 'Whether the day had ended when its old state was read: false where it merely went on'
)
AS
SELECT
    tenant_id, integration_id, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS restated_at,
    old.1 AS old_total,
    total AS new_total,
    new_total - old_total AS difference,
    length(item_keys) - both AS items_added,
    length(old.2) - both AS items_removed,
    both - length(arrayIntersect(item_states, old.3)) AS items_changed,
    toBool(old.4 >= toUnixTimestamp(toDateTime(day + 1, 'UTC')) * 1000) AS was_complete
FROM
(
    SELECT
        *,
        lagInFrame((total, item_keys, item_states, version)) OVER (
            PARTITION BY tenant_id, integration_id, day ORDER BY version ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS old,
        length(arrayIntersect(item_keys, old.2)) AS both
    FROM cost_day_revisions FINAL
)
WHERE old.4 > 0
COMMENT 'One row per change that OpenAI made to a day after it was first read: what, when, by how much'
