CREATE OR REPLACE VIEW api_keys
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the key was read through',
    api_key_id String COMMENT 'OpenAI API key id, verbatim',
    api_key_name String COMMENT 'The listed name; the id where the admin key may not list API keys',
    project_id String COMMENT 'Project of the key'
)
AS
SELECT
    tenant_id, integration_id, api_key_id,
    coalesce(nullIf(max(listed_name), ''), api_key_id) AS api_key_name,
    max(of_project) AS project_id
FROM
(
    SELECT tenant_id, integration_id, id AS api_key_id, name AS listed_name, project_id AS of_project
    FROM name_records FINAL
    WHERE kind = 'api_key'
    UNION ALL
    SELECT tenant_id, integration_id, billed.1 AS api_key_id, '', billed.2
    FROM cost_days FINAL
    ARRAY JOIN arrayDistinct(arrayZip(items.api_key_id, items.project_id)) AS billed
)
WHERE api_key_id != ''
GROUP BY tenant_id, integration_id, api_key_id
COMMENT 'One row per API key that is listed or has costs'
