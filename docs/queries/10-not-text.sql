-- What do embeddings, audio and images cost by month?
SELECT toStartOfMonth(day) AS month, currency,
    sumIf(amount, service = 'embeddings') AS embeddings,
    sumIf(amount, service = 'audio' OR modality = 'audio') AS audio,
    sumIf(amount, service = 'images' OR modality = 'image') AS images,
    sum(amount) AS everything
FROM costs
WHERE tenant_id = 'local'
GROUP BY month, currency
ORDER BY month, currency
