ALTER TABLE cost_days
    ADD COLUMN IF NOT EXISTS provider_totals Map(LowCardinality(String), Decimal(38, 18)) DEFAULT map(if(empty(items.currency), 'usd', items.currency[1]), provider_total) COMMENT 'The day''s total by currency, as OpenAI states it without any grouping' AFTER provider_total_verbatim,
    ADD COLUMN IF NOT EXISTS totals Map(LowCardinality(String), Decimal(38, 18)) MATERIALIZED arrayReduce('sumMap', arrayMap((currency, amount) -> map(currency, amount), items.currency, items.amount)) COMMENT 'Sum of the day''s facts by currency, kept so that it need not be added up again'
