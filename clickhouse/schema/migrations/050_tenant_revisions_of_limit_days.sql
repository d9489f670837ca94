-- The rows of an insert are there before its views run, so a revision is never seen without them. The table adds up the
-- numbers of an insert by itself.
CREATE MATERIALIZED VIEW IF NOT EXISTS tenant_revisions_of_limit_days TO tenant_revisions
(
    tenant_id LowCardinality(String) COMMENT 'As in tenant_revisions',
    revision UInt64 COMMENT 'As in tenant_revisions'
)
AS
SELECT tenant_id, rand64() AS revision
FROM limit_days
COMMENT 'Each insert into limit_days is a revision of the tenant''s data'
