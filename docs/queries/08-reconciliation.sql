-- Does it add up to OpenAI's own totals, every day?
-- A day that had not ended when it was read may differ for a good reason, so only settled days are compared.
SELECT toStartOfMonth(day) AS month, currency, sum(ours) AS our_sum, sum(theirs) AS their_sum,
    countIf(abs(difference) > 0.000000001) AS days_that_differ, max(abs(difference)) AS largest_difference
FROM reconciliation
WHERE tenant_id = 'local' AND settled
GROUP BY month, currency
ORDER BY month, currency
