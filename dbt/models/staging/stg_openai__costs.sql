SELECT
    integration_id, day, project_id, api_key_id, user_id, line_item, service, model, token_type, modality, service_tier,
    amount, currency, quantity, quantity_unit,
    -- Thousands of tokens are brought to tokens; what is not billed by tokens has none.
    if(quantity_unit IN ('tokens', '1000_tokens'), ifNull(quantity, 0), 0)::Decimal(76, 18)
        * if(quantity_unit = '1000_tokens', 1000, 1) AS tokens,
    synced_at
FROM {{ source('openai_costs', 'costs') }}
WHERE tenant_id = '{{ var("openai_tenant") }}'
