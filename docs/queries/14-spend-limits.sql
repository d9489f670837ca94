-- How much of each spend limit that is set at OpenAI has this month used?
-- An empty project_id is the whole organization. last_read: the day on which OpenAI last stated the limit.
SELECT kind, limits.project_id AS project_id, currency, limits.amount AS spend_limit, sum(costs.amount) AS spent,
    toDecimal64(100 * spent::Decimal(76, 18) / nullIf(spend_limit, 0), 1) AS percent_used, is_enforcing, limits.day AS last_read
FROM (SELECT * FROM spend_limits WHERE tenant_id = 'local' AND is_current AND interval = 'month') AS limits
LEFT JOIN (
    -- Each cost counts to its project and to the organization.
    SELECT integration_id, arrayJoin(arrayDistinct(['', project_id])) AS project_id, currency, amount
    FROM costs
    WHERE tenant_id = 'local' AND day >= toStartOfMonth(now('UTC'))
) AS costs USING (integration_id, project_id, currency)
GROUP BY integration_id, project_id, kind, limit_id, currency, spend_limit, is_enforcing, last_read
ORDER BY percent_used DESC, project_id, spend_limit
