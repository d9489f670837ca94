-- The present state of every integration, without its credential.
CREATE OR REPLACE VIEW integrations
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id String COMMENT 'Id of the integration, made from the tenant and the organization',
    organization_id String COMMENT 'OpenAI organization, verbatim; empty where OpenAI does not say',
    organization_name String COMMENT 'The organization''s name',
    organization_label String COMMENT 'The name; where several organizations of the tenant share it, with the end of the id',
    status LowCardinality(String) COMMENT 'backfilling, connected, action_required or disconnected',
    problem LowCardinality(String) COMMENT 'What is wrong. Stopped until a key works: key_rejected, key_expired, scope_missing, credential_missing. Not the key''s fault: wrong_region, network_refused, country_unsupported, key_unreadable, provider_unavailable. Empty where nothing is',
    connected_at DateTime64(3, 'UTC') COMMENT 'When it was first connected',
    history_from Date COMMENT 'First UTC day of the backfill',
    history_to Date COMMENT 'UTC day after the last day of the backfill; of a disconnected integration, the day on which it was disconnected',
    key_expires_at Nullable(DateTime('UTC')) COMMENT 'When the admin key expires; null where it never does, or OpenAI does not say',
    updated_at DateTime64(3, 'UTC') COMMENT 'When the state last changed'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, organization_id, organization_name,
    if(
        count() OVER (PARTITION BY tenant_id, organization_name) = 1,
        organization_name,
        concat(organization_name, ' (…', rightUTF8(if(organization_id = '', integration_id, organization_id), 6), ')')
    ) AS organization_label,
    status, problem, connected_at,
    history_from, history_to, key_expires_at,
    fromUnixTimestamp64Milli(version, 'UTC') AS updated_at
FROM integration_records FINAL
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per connected organization'
