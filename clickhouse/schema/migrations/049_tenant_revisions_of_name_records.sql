-- The rows of an insert are there before its views run, so a revision is never seen without them.
CREATE MATERIALIZED VIEW IF NOT EXISTS tenant_revisions_of_name_records TO tenant_revisions
(
    tenant_id LowCardinality(String) COMMENT 'As in tenant_revisions',
    revision UInt64 COMMENT 'As in tenant_revisions'
)
AS
SELECT tenant_id, max(rand64()) AS revision
FROM name_records
GROUP BY tenant_id
COMMENT 'Each insert into name_records is a revision of the tenant''s data'
