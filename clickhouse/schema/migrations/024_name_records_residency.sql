ALTER TABLE name_records
    ADD COLUMN IF NOT EXISTS residency LowCardinality(String) COMMENT 'Of a project: where its data reside, verbatim: GLOBAL, EU_STORAGE, …; empty where OpenAI does not say'
