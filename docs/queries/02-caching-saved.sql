-- What did caching save in the last 30 days?
-- Tokens read from or written to the cache, at the input price of the same SKU and day, less what was paid for them. A
-- cache write costs more than plain input and lowers the saving. A SKU without an input price that day is left out.
SELECT model, currency, sum(cached) AS cached_tokens, sum(paid_for_cache) AS paid,
    round(sum((cached + written) * input_price) / 1000000, 2) AS without_a_cache,
    without_a_cache - round(paid, 2) AS saved
FROM
(
    SELECT model, currency,
        sumIf(quantity, token_type = 'cached_input') AS cached, sumIf(quantity, token_type = 'cache_write') AS written,
        sumIf(amount, token_type IN ('cached_input', 'cache_write')) AS paid_for_cache,
        -- The price of the largest quantity, where regions or the like have prices of their own.
        argMaxIf(unit_cost, quantity, token_type = 'input') AS input_price
    FROM unit_costs
    WHERE tenant_id = 'local' AND day >= toDate(now('UTC')) - 30 AND unit = '1000000_tokens'
    GROUP BY day, integration_id, service, product, model, modality, service_tier, surface, long_context, currency
    HAVING cached + written > 0 AND input_price > 0
)
GROUP BY model, currency
ORDER BY saved DESC
