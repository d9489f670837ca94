CREATE OR REPLACE VIEW users
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the user was read through',
    user_id String COMMENT 'OpenAI user, verbatim',
    user_name String COMMENT 'The listed name; else the e-mail address; else the id',
    user_email String COMMENT 'E-mail address; empty where OpenAI does not give it'
)
AS
SELECT
    tenant_id, integration_id, user_id,
    coalesce(nullIf(max(listed_name), ''), nullIf(max(email), ''), user_id) AS user_name,
    max(email) AS user_email
FROM
(
    SELECT tenant_id, integration_id, id AS user_id, name AS listed_name, email
    FROM name_records FINAL
    WHERE kind = 'user'
    UNION ALL
    SELECT tenant_id, integration_id, billed.1 AS user_id, '', billed.2
    FROM cost_days FINAL
    ARRAY JOIN arrayDistinct(arrayZip(items.user_id, items.user_email)) AS billed
)
WHERE user_id != ''
GROUP BY tenant_id, integration_id, user_id
COMMENT 'One row per user who is listed or has costs'
