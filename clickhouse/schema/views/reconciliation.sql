-- Compares, day by day and currency by currency, the sum of our cost facts with the total that OpenAI states without any
-- grouping. Both come from OpenAI's costs API: an invoice may differ by credits and taxes, which are not in it.
CREATE OR REPLACE VIEW reconciliation
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the day was read through',
    day Date COMMENT 'UTC day',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case; sums of several currencies must not be added up',
    ours Decimal(38, 18) COMMENT 'Sum of the day''s facts in this currency',
    theirs Decimal(38, 18) COMMENT 'The day''s total in this currency as OpenAI states it, without any grouping',
    difference Decimal(38, 18) COMMENT 'ours − theirs; zero, or digits after the 18th decimal',
    settled Bool COMMENT 'Whether the day had ended when it was read; a day that had not may differ',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the read that wrote this day began'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day, currency,
    totals[currency] AS ours,
    provider_totals[currency] AS theirs,
    ours - theirs AS difference,
    toBool(synced_at >= toDateTime64(day + 1, 3, 'UTC')) AS settled,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at
FROM cost_days FINAL
-- A day without costs has a row, too.
ARRAY JOIN
    arrayDistinct(if(empty(totals) AND empty(provider_totals), ['usd'], arrayConcat(mapKeys(totals), mapKeys(provider_totals)))) AS currency
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per day and currency: the sum of our facts beside OpenAI''s own total. Not the invoice: credits and taxes that OpenAI''s costs API does not report are on neither side'
