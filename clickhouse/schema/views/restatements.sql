CREATE OR REPLACE VIEW restatements
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day that was restated',
    restated_at DateTime64(3, 'UTC') COMMENT 'When the read that found the change began',
    old_total Decimal(38, 18) COMMENT 'Sum of the day''s facts before',
    new_total Decimal(38, 18) COMMENT 'Sum of the day''s facts after',
    difference Decimal(38, 18) COMMENT 'new_total − old_total',
    items_added UInt64 COMMENT 'Facts that are new. Where OpenAI refused a dimension for one of the two reads alone, all that have it count as added and removed',
    items_removed UInt64 COMMENT 'Facts that are gone',
    items_changed UInt64 COMMENT 'Facts whose amount or quantity is another, in any digit that OpenAI sent. Against a state that was read by a version before this column had every digit, facts of more than 18 decimals count as changed',
    was_complete Bool COMMENT 'Whether the day had ended when its old state was read: false where it merely went on'
)
AS
WITH
    -- Facts that only fields unknown to us tell apart have the same hash: the second of them is another fact.
    (hashes) -> arrayMap((hash, n) -> cityHash64(hash, n), hashes, arrayEnumerateUniq(hashes)) AS numbered
SELECT
    tenant_id, integration_id, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS restated_at,
    old.1 AS old_total,
    total AS new_total,
    new_total - old_total AS difference,
    length(keys) - both AS items_added,
    length(old.2) - both AS items_removed,
    both - length(arrayIntersect(states, old.3)) AS items_changed,
    toBool(old.4 >= toUnixTimestamp(toDateTime(day + 1, 'UTC')) * 1000) AS was_complete
FROM
(
    SELECT
        *,
        numbered(item_keys) AS keys,
        numbered(item_states) AS states,
        (dropped_dimensions, exact) AS grain,
        lagInFrame((total, keys, states, version, grain)) OVER (
            PARTITION BY tenant_id, integration_id, day ORDER BY version ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS old,
        length(arrayIntersect(keys, old.2)) AS both
    FROM cost_day_revisions FINAL
)
-- Of another grain, or hashed by a version that knew fewer digits, facts cannot be compared: the total can.
WHERE old.4 > 0 AND (difference != 0 OR (grain = old.5 AND items_added + items_removed + items_changed > 0))
COMMENT 'One row per change that OpenAI made to the costs of a day after it was first read: what, when, by how much. New names, a coarser or finer grain of the same total, and reading a day once more after it has ended are no changes'
