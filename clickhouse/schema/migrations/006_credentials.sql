CREATE TABLE IF NOT EXISTS credentials
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the key',
    credential_id String COMMENT 'Named by tenant and key; says nothing about the key',
    version UInt64 COMMENT 'Unix milliseconds of the sealing; the highest version is the one to open',
    key_id LowCardinality(String) COMMENT 'Which sealing key it was sealed to',
    encapsulation String COMMENT 'HPKE encapsulated key, base64url',
    ciphertext String COMMENT 'HPKE ciphertext of the admin key, base64url; only a worker can open it'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, credential_id)
COMMENT 'Sealed admin keys. Analysts have no access; a disconnect destroys the row.'
