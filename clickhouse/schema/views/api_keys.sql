-- API keys by name: those that OpenAI lists, and those that only have costs.
CREATE OR REPLACE VIEW api_keys
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the key was read through',
    api_key_id String COMMENT 'OpenAI API key id, verbatim',
    api_key_name String COMMENT 'The listed name; the id where the admin key may not list API keys',
    api_key_label String COMMENT 'The name; where several API keys of the tenant share it, with the end of the id',
    project_id String COMMENT 'Project of the key'
)
SQL SECURITY INVOKER
AS
WITH
    listed AS
    (
        SELECT tenant_id, integration_id, id AS api_key_id, name AS listed_name, project_id AS project_of_key
        FROM name_records FINAL
        WHERE kind = 'api_key'
    ),
    -- The distinct keys of each day, so that few rows are grouped below.
    billed AS
    (
        SELECT tenant_id, integration_id, api_key.1 AS api_key_id, '' AS listed_name, api_key.2 AS project_of_key
        FROM cost_days FINAL
        ARRAY JOIN arrayDistinct(arrayZip(items.api_key_id, items.project_id)) AS api_key
    ),
    named AS
    (
        SELECT
            tenant_id, integration_id, api_key_id,
            coalesce(nullIf(max(listed_name), ''), api_key_id) AS api_key_name,
            max(project_of_key) AS project_id
        FROM (SELECT * FROM listed UNION ALL SELECT * FROM billed)
        WHERE api_key_id != ''
        GROUP BY tenant_id, integration_id, api_key_id
    )
SELECT
    tenant_id, integration_id, api_key_id, api_key_name,
    if(
        uniqExact(api_key_id) OVER (PARTITION BY tenant_id, api_key_name) = 1,
        api_key_name,
        concat(api_key_name, ' (…', rightUTF8(api_key_id, 6), ')')
    ) AS api_key_label,
    project_id
FROM named
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per API key that is listed or has costs'
