-- Which API keys cost most in the last 30 days?
-- not named: OpenAI refused the grouping by key for that day. no key: the cost belongs to no key.
SELECT multiIf(costs.api_key_id != '', any(api_key_label), is_refused, 'not named', 'no key') AS api_key, currency,
    sum(amount) AS spend, max(day) AS last_used
FROM costs
LEFT JOIN (SELECT * FROM api_keys WHERE tenant_id = 'local') AS api_keys USING (tenant_id, integration_id, api_key_id)
LEFT JOIN (SELECT * FROM coverage WHERE tenant_id = 'local' AND dataset = 'costs') AS coverage
    USING (tenant_id, integration_id, day)
WHERE tenant_id = 'local' AND day >= toDate(now('UTC')) - 30
GROUP BY costs.api_key_id, has(dropped_dimensions, 'api_key_id') AND costs.api_key_id = '' AS is_refused, currency
ORDER BY spend DESC
LIMIT 20
