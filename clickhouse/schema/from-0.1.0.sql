-- What a database that version 0.1.0 migrated in full lacks beside the files of migrations/ and views/: two columns of
-- the records, and the present words of the comments. Each statement can be run again.
ALTER TABLE schema_migrations
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) COMMENT 'migration, view or dropped view; empty for the migrations of 0.1.0',
    ADD COLUMN IF NOT EXISTS version UInt32 COMMENT 'Version of the schema that it was applied by; the database is of the highest',
    COMMENT COLUMN name 'File of the migration, or name of the view',
    COMMENT COLUMN sha256 'Hash of its text when it was applied',
    COMMENT COLUMN applied_at 'When it was applied',
    MODIFY COMMENT 'Migrations and views that this database has';

ALTER TABLE cost_days
    COMMENT COLUMN version 'Unix milliseconds when the read began; of several rows of a day, the one with the highest version counts',
    COMMENT COLUMN provider_total 'The day''s total as OpenAI states it, without any grouping',
    COMMENT COLUMN provider_total_verbatim 'The same total, every digit that OpenAI sent',
    COMMENT COLUMN content_hash 'Hash of the day''s content; a read that finds the same content does not rewrite the day',
    COMMENT COLUMN dropped_dimensions 'Dimensions that OpenAI refused for this day; its facts are not divided by them';

ALTER TABLE usage_days
    COMMENT COLUMN version 'Unix milliseconds when the read began; of several rows of a day, the one with the highest version counts',
    COMMENT COLUMN content_hash 'Hash of the day''s content; a read that finds the same content does not rewrite the day',
    COMMENT COLUMN dropped_dimensions 'Dimensions that OpenAI refused for this day; its facts are not divided by them';

ALTER TABLE day_reads
    COMMENT COLUMN version 'Unix milliseconds when the latest read began',
    COMMENT COLUMN items 'Number of facts that the read found',
    COMMENT COLUMN dropped_dimensions 'Dimensions that OpenAI refused for this day; its facts are not divided by them',
    MODIFY COMMENT 'When each day was last read, whether or not the read changed it. Written after the day itself. Read the view coverage.';

ALTER TABLE cost_day_revisions
    COMMENT COLUMN items 'Number of facts in this revision',
    COMMENT COLUMN item_keys 'Hashes of what each fact is about (project, key, user, line item, unit, currency), sorted',
    COMMENT COLUMN item_states 'Hashes of each fact with its amount and quantity, sorted',
    COMMENT COLUMN dropped_dimensions 'Dimensions that OpenAI refused for this revision; also empty where exact is false',
    COMMENT COLUMN exact 'true: item_states are hashes of every digit that OpenAI sent, and dropped_dimensions are known. false: written by a version that hashed rounded amounts';

ALTER TABLE name_records
    COMMENT COLUMN version 'Unix milliseconds when the read began; of several rows of a name, the one with the highest version counts',
    MODIFY COMMENT 'Names as OpenAI lists them; what OpenAI no longer lists keeps its last name. Read the views projects, api_keys and users.';

ALTER TABLE integration_records
    COMMENT COLUMN integration_id 'Id of the integration, made from the tenant and the organization',
    COMMENT COLUMN version 'Unix milliseconds of the change; of several rows of an integration, the one with the highest version counts',
    COMMENT COLUMN credential_id 'Id of the sealed key in use',
    COMMENT COLUMN history_to 'UTC day after the last day of the backfill';

ALTER TABLE credentials
    COMMENT COLUMN credential_id 'Id of the key, made from the tenant and the key; reveals nothing about the key',
    COMMENT COLUMN version 'Unix milliseconds of the sealing; of several rows of a key, the one with the highest version is opened',
    COMMENT COLUMN key_id 'Id of the sealing key that it was sealed with',
    MODIFY COMMENT 'Sealed admin keys. Analysts have no access; a disconnect deletes the row.';
