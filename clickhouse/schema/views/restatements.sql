-- What OpenAI changed about the costs of a day after the day was first read. Each revision is compared with the one
-- before it; revisions in which no money or quantity changed are left out.
CREATE OR REPLACE VIEW restatements
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day that was restated',
    restated_at DateTime64(3, 'UTC') COMMENT 'When the read that found the change began',
    old_total Decimal(38, 18) COMMENT 'Sum of the day''s facts before, of all currencies',
    new_total Decimal(38, 18) COMMENT 'Sum of the day''s facts after, of all currencies',
    difference Decimal(38, 18) COMMENT 'new_total − old_total',
    items_added UInt64 COMMENT 'Number of facts that are new. Where OpenAI refused a dimension for only one of the two reads, the facts that have it count as added and removed',
    items_removed UInt64 COMMENT 'Number of facts that no longer exist',
    items_changed UInt64 COMMENT 'Number of facts whose amount or quantity changed, in any digit that OpenAI sent. Compared with a state that an early version of this software read, facts of more than 18 decimals count as changed',
    was_complete Bool COMMENT 'Whether the day had ended when its old state was read; false: the day was still going on, so a change was to be expected'
)
SQL SECURITY INVOKER
AS
WITH
    -- Facts that differ only in fields we do not know have the same hash. Their place among equals tells them apart.
    (hashes) -> arrayMap((hash, place) -> cityHash64(hash, place), hashes, arrayEnumerateUniq(hashes)) AS numbered,
    hashed AS
    (
        SELECT
            tenant_id, integration_id, day, version, total, dropped_dimensions, exact, has_api_source,
            numbered(item_keys) AS keys,
            numbered(item_states) AS states
        FROM cost_day_revisions FINAL
    ),
    -- Each revision beside the one before it. The first of a day has none: its old_version is 0.
    paired AS
    (
        SELECT
            *,
            lagInFrame(version) OVER revisions_of_day AS old_version,
            lagInFrame(total) OVER revisions_of_day AS old_total,
            lagInFrame(keys) OVER revisions_of_day AS old_keys,
            lagInFrame(states) OVER revisions_of_day AS old_states,
            lagInFrame((dropped_dimensions, exact, has_api_source)) OVER revisions_of_day AS old_grain
        FROM hashed
        WINDOW revisions_of_day AS (
            PARTITION BY tenant_id, integration_id, day ORDER BY version
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
    ),
    length(arrayIntersect(keys, old_keys)) AS keys_in_both,
    length(arrayIntersect(states, old_states)) AS states_in_both
SELECT
    tenant_id, integration_id, day,
    fromUnixTimestamp64Milli(version, 'UTC') AS restated_at,
    old_total,
    total AS new_total,
    new_total - old_total AS difference,
    length(keys) - keys_in_both AS items_added,
    length(old_keys) - keys_in_both AS items_removed,
    keys_in_both - states_in_both AS items_changed,
    toBool(old_version >= toUnixTimestamp(toDateTime(day + 1, 'UTC')) * 1000) AS was_complete
FROM paired
WHERE old_version > 0
    -- Facts of another grain, or hashed by a version that knew fewer digits, cannot be compared. The total can.
    AND (difference != 0
        OR ((dropped_dimensions, exact, has_api_source) = old_grain AND items_added + items_removed + items_changed > 0))
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per change that OpenAI made to the costs of a day after it was first read: what, when, by how much. New names, a coarser or finer grain of the same total, and another read of a day after its end do not count as changes'
