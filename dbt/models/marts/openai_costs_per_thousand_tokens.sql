{{ config(order_by='(day, integration_id, model, token_type, currency)') }}
SELECT
    fact.day AS day,
    fact.integration_id AS integration_id,
    fact.model AS model,
    fact.token_type AS token_type,
    fact.currency AS currency,
    sum(fact.amount) AS amount,
    sumIf(fact.amount, fact.tokens != 0) AS amount_of_tokens,
    sum(fact.tokens) AS tokens,
    -- Cut off after 18 decimals. The division may come before the condition, so it must not fail.
    if(
        tokens > 0,
        amount_of_tokens::Decimal(76, 18) * 1000 / if(tokens = 0, 1::Decimal(76, 18), tokens),
        NULL
    ) AS cost_per_thousand_tokens
FROM {{ ref('stg_openai__costs') }} AS fact
GROUP BY fact.day, fact.integration_id, fact.model, fact.token_type, fact.currency
