-- How does this month, up to yesterday, compare with the same days of the last one?
WITH toStartOfMonth(now('UTC')) AS this_month, toDate(now('UTC')) AS this_day
SELECT model,
    sumIf(amount, day >= this_month AND day < this_day) AS month_to_date,
    sumIf(amount, day < this_month AND day < this_day - INTERVAL 1 MONTH) AS last_month_to_date,
    sumIf(amount, day < this_month) AS whole_last_month
FROM costs
WHERE tenant_id = 'local' AND day >= this_month - INTERVAL 1 MONTH
GROUP BY model
ORDER BY month_to_date DESC
