ALTER TABLE cost_day_revisions
    ADD COLUMN IF NOT EXISTS dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this revision, so that its items are coarser; empty too where exact is false',
    ADD COLUMN IF NOT EXISTS exact Bool COMMENT 'Whether item_states are made of every digit that OpenAI sent, and dropped_dimensions are known; false: written by a version that hashed rounded amounts'
