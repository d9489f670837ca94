ALTER TABLE integrations
    COMMENT COLUMN problem 'Why action is required: key_rejected, scope_missing, credential_missing; empty otherwise'
