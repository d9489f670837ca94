-- Who spends, and on which models?
SELECT if(costs.user_id = '', 'no user', any(users.user_label)) AS user, currency, sum(amount) AS spend,
    topKWeighted(3)(model, toUInt64(greatest(amount, 0) * 1000)) AS top_models
FROM costs
LEFT JOIN (SELECT * FROM users WHERE tenant_id = 'local') AS users USING (tenant_id, integration_id, user_id)
WHERE tenant_id = 'local' AND day >= toDate(now('UTC')) - 30
GROUP BY costs.user_id, currency
ORDER BY spend DESC
LIMIT 20
