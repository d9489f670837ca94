-- Users by name: those that OpenAI lists, and those that only have costs.
CREATE OR REPLACE VIEW users
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the user was read through',
    user_id String COMMENT 'OpenAI user, verbatim',
    user_name String COMMENT 'The listed name; where there is none, the id',
    user_label String COMMENT 'The name; where several users of the tenant share it, with the end of the id',
    user_email String COMMENT 'E-mail address; empty where OpenAI does not give it',
    is_service_account Bool COMMENT 'Whether OpenAI lists it as a service account and not as a person'
)
SQL SECURITY INVOKER
AS
WITH
    listed AS
    (
        SELECT tenant_id, integration_id, id AS user_id, name AS listed_name, email, status
        FROM name_records FINAL
        WHERE kind = 'user'
    ),
    -- The distinct users of each day, so that few rows are grouped below.
    billed AS
    (
        SELECT tenant_id, integration_id, user.1 AS user_id, '' AS listed_name, user.2 AS email, '' AS status
        FROM cost_days FINAL
        ARRAY JOIN arrayDistinct(arrayZip(items.user_id, items.user_email)) AS user
    ),
    named AS
    (
        SELECT
            tenant_id, integration_id, user_id,
            coalesce(nullIf(max(listed_name), ''), user_id) AS user_name,
            max(email) AS user_email,
            max(status) = 'service_account' AS is_service_account
        FROM (SELECT * FROM listed UNION ALL SELECT * FROM billed)
        WHERE user_id != ''
        GROUP BY tenant_id, integration_id, user_id
    )
SELECT
    tenant_id, integration_id, user_id, user_name,
    if(
        uniqExact(user_id) OVER (PARTITION BY tenant_id, user_name) = 1,
        user_name,
        concat(user_name, ' (…', rightUTF8(user_id, 6), ')')
    ) AS user_label,
    user_email, is_service_account
FROM named
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per user who is listed or has costs'
