-- For every integration and every dataset: which days of the history are there, and which are missing.
CREATE OR REPLACE VIEW gaps
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id String COMMENT 'Id of the integration, made from the tenant and the organization',
    dataset LowCardinality(String) COMMENT 'What should be read: costs, usage/completions, usage/embeddings, …; has a row even if it was never read',
    first_day Date COMMENT 'First UTC day that should be there: the start of the history',
    last_day Date COMMENT 'Last UTC day that should be there: yesterday; of a disconnected integration, the day before it was disconnected',
    due_days UInt32 COMMENT 'Number of days from first_day to last_day',
    synced_days UInt32 COMMENT 'Number of due days that were read at least once',
    missing_days UInt32 COMMENT 'Number of due days that were never read, because the backfill has not reached them or OpenAI refuses the endpoint',
    partial_days UInt32 COMMENT 'Number of synced days whose latest read began before they had ended',
    empty_days UInt32 COMMENT 'Number of synced days without a fact',
    facts UInt64 COMMENT 'Number of facts of the synced days',
    complete_through Nullable(Date) COMMENT 'Last day up to which every day from first_day on was read after it had ended; null where first_day was not',
    last_synced_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the latest read began; null where nothing was read yet'
)
SQL SECURITY INVOKER
AS
WITH
    -- What should be there: every dataset of every integration, from the start of its history to yesterday, or to the
    -- day before it was disconnected.
    due AS
    (
        SELECT
            tenant_id, integration_id,
            history_from AS first_day,
            toDate(now('UTC')) AS today,
            toDate(fromUnixTimestamp64Milli(version, 'UTC')) AS changed_on, -- 0.1.0 left history_to as it was
            least(today, if(status = 'disconnected', greatest(history_to, changed_on), today)) - 1 AS last_day,
            arrayJoin([
                'costs', 'usage/completions', 'usage/decisions', 'usage/embeddings', 'usage/moderations', 'usage/images', 'usage/audio_speeches',
                'usage/audio_transcriptions', 'usage/vector_stores', 'usage/code_interpreter_sessions',
                'usage/file_search_calls', 'usage/web_search_calls'
            ])::LowCardinality(String) AS dataset
        FROM integration_records FINAL
    ),
    -- What was read, one row per dataset.
    read_days AS
    (
        SELECT
            tenant_id, integration_id::String AS integration_id, dataset,
            groupArray((day, version, items)::Tuple(day Date, version UInt64, items UInt32)) AS reads
        FROM day_reads FINAL
        GROUP BY tenant_id, integration_id, dataset
    ),
    -- Both together: the reads of due days, and of these the days that were read after they had ended.
    compared AS
    (
        SELECT
            tenant_id, integration_id, dataset, first_day, last_day, reads,
            toUInt32(greatest(0, dateDiff('day', first_day, last_day) + 1)) AS due_days,
            arrayFilter(read -> read.day BETWEEN first_day AND last_day, arraySort(reads)) AS synced,
            arrayFilter(read -> read.version >= toUnixTimestamp(toDateTime(read.day + 1, 'UTC')) * 1000, synced).day AS complete_days,
            -- The place of the first complete day that is not where an unbroken row of days would have it; 0: there is none.
            arrayFirstIndex((day, place) -> day != first_day + place - 1, complete_days, arrayEnumerate(complete_days)) AS first_break,
            if(first_break = 0, length(complete_days), first_break - 1) AS unbroken_days
        FROM due
        LEFT JOIN read_days USING (tenant_id, integration_id, dataset)
    )
SELECT
    tenant_id, integration_id, dataset, first_day, last_day, due_days,
    toUInt32(length(synced)) AS synced_days,
    due_days - synced_days AS missing_days,
    synced_days - length(complete_days) AS partial_days,
    toUInt32(countEqual(synced.items, 0)) AS empty_days,
    arraySum(synced.items) AS facts,
    if(unbroken_days = 0, NULL, first_day + unbroken_days - 1) AS complete_through,
    if(empty(reads), NULL, fromUnixTimestamp64Milli(arrayMax(reads.version), 'UTC')) AS last_synced_at
FROM compared
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per integration and dataset, even if it was never read: how much of its history is there and what is missing'
