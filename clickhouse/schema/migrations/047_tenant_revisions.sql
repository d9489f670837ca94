CREATE TABLE IF NOT EXISTS tenant_revisions
(
    tenant_id LowCardinality(String) COMMENT 'Tenant whose data were written',
    revision UInt64 COMMENT 'A random number of each row; the sum of a tenant''s, which overflows, names the state of its data'
)
ENGINE = SummingMergeTree
ORDER BY tenant_id
COMMENT 'What each insert of a tenant''s data adds after its rows, so that one small read tells whether anything has changed'
