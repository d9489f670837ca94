-- Which API keys cost most in the last 30 days?
SELECT if(costs.api_key_id = '', 'no key', any(api_key_name)) AS api_key, sum(amount) AS spend, max(day) AS last_used
FROM costs
LEFT JOIN api_keys USING (tenant_id, integration_id, api_key_id)
WHERE tenant_id = 'local' AND day >= toDate(now('UTC')) - 30
GROUP BY costs.api_key_id
ORDER BY spend DESC
LIMIT 20
