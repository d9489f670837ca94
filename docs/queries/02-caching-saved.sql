-- What did caching save in the last 30 days?
-- Cached tokens at the price of uncached ones, day by day, less what they and the writes to the cache cost. An estimate:
-- models without an uncached token that day are left out.
SELECT model, sum(input_cached_tokens) AS cached_tokens,
    sum(input_cached_cost + input_cache_write_cost) AS paid,
    round(sum(
        toFloat64(input_cached_tokens + input_cache_write_tokens) * toFloat64(input_uncached_cost)
        / toFloat64(input_uncached_tokens)), 2) AS without_a_cache,
    round(without_a_cache - toFloat64(paid), 2) AS saved
FROM model_days
WHERE tenant_id = 'local' AND day >= today() - 30 AND input_cached_tokens > 0 AND input_uncached_tokens > 0
GROUP BY model
ORDER BY saved DESC
