-- What does a million tokens really cost, by model?
SELECT model, token_type, modality, service_tier, qualifier, currency, sum(quantity) AS tokens,
    round(toFloat64(sum(amount)) / toFloat64(tokens) * 1000000, 4) AS price_per_million
FROM unit_costs
WHERE tenant_id = 'local' AND unit = '1000000_tokens' AND day >= toDate(now('UTC')) - 30
GROUP BY model, token_type, modality, service_tier, qualifier, currency
ORDER BY model, token_type, modality, service_tier, qualifier, currency
