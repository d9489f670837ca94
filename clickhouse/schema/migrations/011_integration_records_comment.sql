ALTER TABLE integration_records
    COMMENT COLUMN problem 'What is wrong. Stopped until a key works: key_rejected, key_expired, scope_missing, credential_missing. Not the key''s fault: wrong_region, network_refused, country_unsupported, provider_unavailable. Empty where nothing is'
