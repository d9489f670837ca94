ALTER TABLE cost_day_revisions
    ADD COLUMN IF NOT EXISTS has_api_source Bool COMMENT 'Whether the facts of this revision are divided by API source'
