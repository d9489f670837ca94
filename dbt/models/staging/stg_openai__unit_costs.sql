SELECT
    integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit,
    unit_cost, amount, quantity, currency
FROM {{ source('openai_costs', 'unit_costs') }}
WHERE tenant_id = '{{ var("openai_tenant") }}'
