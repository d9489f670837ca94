ALTER TABLE day_reads
    ADD COLUMN IF NOT EXISTS dropped_dimensions Array(LowCardinality(String)) COMMENT 'Dimensions that OpenAI refused for this day, so that its facts are coarser'
