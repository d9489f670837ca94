{{ config(order_by='(day, integration_id, project_id, model, api_key_id, service, currency)') }}
SELECT
    fact.day AS day,
    fact.integration_id AS integration_id,
    fact.project_id AS project_id,
    any(coalesce(nullIf(project.project_label, ''), fact.project_id)) AS project,
    fact.service AS service,
    fact.model AS model,
    fact.api_key_id AS api_key_id,
    any(coalesce(nullIf(api_key.api_key_label, ''), fact.api_key_id)) AS api_key,
    fact.currency AS currency,
    sum(fact.amount) AS amount,
    sum(fact.tokens) AS tokens
FROM {{ ref('stg_openai__costs') }} AS fact
LEFT JOIN {{ ref('stg_openai__projects') }} AS project
    ON project.integration_id = fact.integration_id AND project.project_id = fact.project_id
LEFT JOIN {{ ref('stg_openai__api_keys') }} AS api_key
    ON api_key.integration_id = fact.integration_id AND api_key.api_key_id = fact.api_key_id
GROUP BY fact.day, fact.integration_id, fact.project_id, fact.service, fact.model, fact.api_key_id, fact.currency
