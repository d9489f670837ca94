CREATE OR REPLACE VIEW gaps
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id String COMMENT 'Named by tenant and organization',
    dataset LowCardinality(String) COMMENT 'What is to be read: costs, usage/completions, usage/embeddings, …; also where nothing of it ever was',
    first_day Date COMMENT 'First UTC day that should be there: the start of the history',
    last_day Date COMMENT 'Last one: yesterday; the day before it was disconnected where it is',
    due_days UInt32 COMMENT 'Days from first_day to last_day',
    synced_days UInt32 COMMENT 'Of these: read at least once',
    missing_days UInt32 COMMENT 'Of these: never read, because the backfill has not come to them, or the endpoint is refused',
    partial_days UInt32 COMMENT 'Of the synced days: last read before they had ended',
    empty_days UInt32 COMMENT 'Of the synced days: without a fact',
    facts UInt64 COMMENT 'Facts of the synced days',
    complete_through Nullable(Date) COMMENT 'Last day of the unbroken row, from first_day on, of days that were read after they had ended; null where first_day was not',
    last_synced_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the latest read began; null where nothing was ever read'
)
AS
SELECT
    tenant_id, integration_id, dataset, first_day, last_day,
    toUInt32(greatest(0, dateDiff('day', first_day, last_day) + 1)) AS due_days,
    arrayFilter(each -> each.day BETWEEN first_day AND last_day, arraySort(reads)) AS synced,
    arrayFilter(each -> each.version >= toUnixTimestamp(toDateTime(each.day + 1, 'UTC')) * 1000, synced).day AS whole_days,
    toUInt32(length(synced)) AS synced_days,
    due_days - synced_days AS missing_days,
    synced_days - length(whole_days) AS partial_days,
    toUInt32(countEqual(synced.items, 0)) AS empty_days,
    arraySum(synced.items) AS facts,
    arrayFirstIndex((day, n) -> day != first_day + n - 1, whole_days, arrayEnumerate(whole_days)) AS first_break,
    if(first_break = 0, length(whole_days), first_break - 1) AS unbroken_days,
    if(unbroken_days = 0, NULL, first_day + unbroken_days - 1) AS complete_through,
    if(empty(reads), NULL, fromUnixTimestamp64Milli(arrayMax(reads.version), 'UTC')) AS last_synced_at
FROM
(
    SELECT
        tenant_id, integration_id, history_from AS first_day,
        least(toDate(now('UTC')), if(status = 'disconnected', toDate(fromUnixTimestamp64Milli(version, 'UTC')), toDate(now('UTC')))) - 1 AS last_day,
        arrayJoin([
            'costs', 'usage/completions', 'usage/embeddings', 'usage/moderations', 'usage/images', 'usage/audio_speeches',
            'usage/audio_transcriptions', 'usage/vector_stores', 'usage/code_interpreter_sessions',
            'usage/file_search_calls', 'usage/web_search_calls'
        ])::LowCardinality(String) AS dataset
    FROM integration_records FINAL
) AS due
LEFT JOIN
(
    SELECT
        tenant_id, integration_id::String AS integration_id, dataset,
        groupArray((day, version, items)::Tuple(day Date, version UInt64, items UInt32)) AS reads
    FROM day_reads FINAL
    GROUP BY tenant_id, integration_id, dataset
) AS read USING (tenant_id, integration_id, dataset)
COMMENT 'One row per integration and dataset, read or not: what of its history is there and what is missing'
