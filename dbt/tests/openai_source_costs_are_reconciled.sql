-- Days that had ended when they were read, and whose facts do not add up to OpenAI's own total.
SELECT integration_id, day, currency, ours, theirs, difference
FROM {{ source('openai_costs', 'reconciliation') }}
WHERE tenant_id = '{{ var("openai_tenant") }}' AND settled AND abs(difference) > toDecimal128('0.000000001', 18)
