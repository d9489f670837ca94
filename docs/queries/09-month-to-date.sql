-- How does this month, up to yesterday, compare with the same days of the last one?
-- A month that is shorter is compared as a whole.
WITH toStartOfMonth(now('UTC')) AS this_month, toDate(now('UTC')) AS this_day, this_month - INTERVAL 1 MONTH AS last_month
SELECT model, currency,
    sumIf(amount, day >= this_month AND day < this_day) AS month_to_date,
    sumIf(amount, day < this_month AND day < last_month + (this_day - this_month)) AS last_month_to_date,
    sumIf(amount, day < this_month) AS whole_last_month
FROM costs
WHERE tenant_id = 'local' AND day >= last_month
GROUP BY model, currency
ORDER BY month_to_date DESC
