CREATE TABLE IF NOT EXISTS integration_records
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id String COMMENT 'Id of the integration, made from the tenant and the organization',
    version UInt64 COMMENT 'Unix milliseconds of the change; of several rows of an integration, the one with the highest version counts',
    organization_id String COMMENT 'OpenAI organization, verbatim; empty where OpenAI does not say',
    organization_name String COMMENT 'The organization''s name',
    status LowCardinality(String) COMMENT 'backfilling, connected, action_required or disconnected',
    problem LowCardinality(String) COMMENT 'Why action is required: key_rejected, scope_missing, credential_missing; empty otherwise',
    credential_id String COMMENT 'Id of the sealed key in use',
    connected_at DateTime64(3, 'UTC') COMMENT 'When it was first connected',
    history_from Date COMMENT 'First UTC day of the backfill',
    history_to Date COMMENT 'UTC day after the last day of the backfill'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, integration_id)
COMMENT 'State of each integration. Read the view integrations.'
