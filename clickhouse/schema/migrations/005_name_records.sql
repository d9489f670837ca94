CREATE TABLE IF NOT EXISTS name_records
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the name was read through',
    kind LowCardinality(String) COMMENT 'project, api_key or user',
    id String COMMENT 'OpenAI''s id, verbatim',
    version UInt64 COMMENT 'Unix milliseconds when the read began; of several rows of a name, the one with the highest version counts',
    name String COMMENT 'The name, verbatim',
    status LowCardinality(String) COMMENT 'Of a project: active or archived, verbatim',
    email String COMMENT 'Of a user: the e-mail address',
    project_id String COMMENT 'Of an API key: its project'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id, kind, id)
COMMENT 'Names as OpenAI lists them; what OpenAI no longer lists keeps its last name. Read the views projects, api_keys and users.'
