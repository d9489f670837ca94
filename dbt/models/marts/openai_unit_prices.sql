{{ config(order_by='(day, integration_id, product, token_type)') }}
SELECT
    day, integration_id, service, product, token_type, modality, service_tier, surface, long_context, qualifier, unit,
    unit_cost AS unit_price,
    amount, quantity, currency
FROM {{ ref('stg_openai__unit_costs') }}
