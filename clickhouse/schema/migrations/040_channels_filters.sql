ALTER TABLE channels
    ADD COLUMN IF NOT EXISTS filters Map(String, Array(String)) COMMENT 'By dimension of costs, the values whose alerts and digests it gets; all where it is empty' AFTER budget_ids
