ALTER TABLE day_reads
    ADD COLUMN IF NOT EXISTS content_hash String COMMENT 'Content that the read found: the content_hash of the stored day, or empty for a day of usage without a fact. A day that is stored with another content is read again'
