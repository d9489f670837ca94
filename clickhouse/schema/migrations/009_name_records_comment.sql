ALTER TABLE name_records
    COMMENT COLUMN status 'Of a project: active or archived, verbatim. Of a user: service_account, or empty for a person'
