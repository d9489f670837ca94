ALTER TABLE cost_days
    ADD COLUMN IF NOT EXISTS items.qualifier Array(LowCardinality(String)) COMMENT 'The day''s facts; columns as in the view costs' AFTER items.long_context,
    ADD COLUMN IF NOT EXISTS items.unknown_qualifier Array(LowCardinality(String)) COMMENT 'Of the qualifier, what was not understood; see the view unknown_line_items' AFTER items.qualifier,
    ADD COLUMN IF NOT EXISTS items.api_source Array(LowCardinality(String)) COMMENT 'The day''s facts; columns as in the view costs' AFTER items.user_email
