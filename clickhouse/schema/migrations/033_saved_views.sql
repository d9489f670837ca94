CREATE TABLE IF NOT EXISTS saved_views
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that the view belongs to',
    view_id String COMMENT 'Id of the view, which follows from its name',
    version UInt64 COMMENT 'Unix milliseconds of the change; of several rows of a view, the one with the highest version counts',
    is_deleted Bool COMMENT 'Whether the view was deleted',
    name String COMMENT 'The view''s name, verbatim',
    query String COMMENT 'The parameters of the page''s address, percent-encoded'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, view_id)
COMMENT 'Views of the page that tenants keep by name. The API writes them.'
