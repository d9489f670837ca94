-- Costs of which a day is missing, or was last read before it had ended.
SELECT integration_id, dataset, missing_days, partial_days, complete_through
FROM {{ source('openai_costs', 'gaps') }}
WHERE tenant_id = '{{ var("openai_tenant") }}' AND dataset = 'costs' AND (missing_days > 0 OR partial_days > 0)
