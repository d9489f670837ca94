CREATE TABLE IF NOT EXISTS credentials
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the key',
    credential_id String COMMENT 'Id of the key, made from the tenant and the key; reveals nothing about the key',
    version UInt64 COMMENT 'Unix milliseconds of the sealing; of several rows of a key, the one with the highest version is opened',
    key_id LowCardinality(String) COMMENT 'Id of the sealing key that it was sealed with',
    encapsulation String COMMENT 'HPKE encapsulated key, base64url',
    ciphertext String COMMENT 'HPKE ciphertext of the admin key, base64url; only a worker can open it'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, credential_id)
COMMENT 'Sealed admin keys. Analysts have no access; a disconnect deletes the row.'
