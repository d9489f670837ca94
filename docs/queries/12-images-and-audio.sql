-- What do an image, a minute of audio and 1,000 spoken characters cost?
-- A model's whole cost per unit that usage counted. It is an average, not a price, where a model is billed by tokens, as
-- gpt-image-* are. Days without a count are left out.
SELECT model, currency, sum(cost) AS spend,
    sum(images) AS image_count, round(toFloat64(spend) / nullIf(toFloat64(image_count), 0), 4) AS per_image,
    sum(seconds) / 60 AS minutes, round(toFloat64(spend) / nullIf(toFloat64(minutes), 0), 4) AS per_minute,
    sum(characters) AS spoken, round(toFloat64(spend) / nullIf(toFloat64(spoken), 0) * 1000, 4) AS per_1000_characters
FROM model_days
WHERE tenant_id = 'local' AND day >= toDate(now('UTC')) - 30 AND images + seconds + characters > 0
GROUP BY model, currency
ORDER BY spend DESC
