-- Which project grew most last month?
WITH toStartOfMonth(now('UTC')) AS this_month
SELECT costs.project_id AS project_id, any(projects.project_label) AS project, currency,
    sumIf(amount, day >= this_month - INTERVAL 1 MONTH) AS last_month,
    sumIf(amount, day < this_month - INTERVAL 1 MONTH) AS the_month_before,
    last_month - the_month_before AS growth
FROM costs
LEFT JOIN (SELECT * FROM projects WHERE tenant_id = 'local') AS projects USING (tenant_id, integration_id, project_id)
WHERE tenant_id = 'local' AND day >= this_month - INTERVAL 2 MONTH AND day < this_month
GROUP BY costs.project_id, currency
ORDER BY growth DESC
