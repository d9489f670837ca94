CREATE TABLE IF NOT EXISTS project_records
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the project was read through',
    project_id String COMMENT 'OpenAI project, verbatim',
    version UInt64 COMMENT 'Unix milliseconds when the read began; the highest version is the state',
    project_name String COMMENT 'The project''s name',
    status LowCardinality(String) COMMENT 'active or archived, verbatim'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, project_id)
COMMENT 'Projects as OpenAI lists them. Read the view projects.'
