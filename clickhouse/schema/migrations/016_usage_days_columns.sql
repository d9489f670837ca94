ALTER TABLE usage_days
    ADD COLUMN IF NOT EXISTS items.api_source Array(LowCardinality(String)) COMMENT 'The day''s facts; columns as in the view usage' AFTER items.vector_store_id,
    ADD COLUMN IF NOT EXISTS items.input_cache_write_12h_tokens Array(Decimal(38, 18)) COMMENT 'The day''s facts; columns as in the view usage' AFTER items.input_cache_write_tokens,
    ADD COLUMN IF NOT EXISTS items.input_cache_write_30m_tokens Array(Decimal(38, 18)) COMMENT 'The day''s facts; columns as in the view usage' AFTER items.input_cache_write_12h_tokens
