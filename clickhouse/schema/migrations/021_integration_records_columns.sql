ALTER TABLE integration_records
    ADD COLUMN IF NOT EXISTS key_expires_at Nullable(DateTime('UTC')) COMMENT 'When the admin key expires; null where it never does, or OpenAI does not say',
    ADD COLUMN IF NOT EXISTS host String COMMENT 'Host under api.openai.com that serves the organization''s region; empty for the address that is configured'
