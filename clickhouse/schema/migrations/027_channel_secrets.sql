CREATE TABLE IF NOT EXISTS channel_secrets
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the channel',
    credential_id String COMMENT 'Id of the channel and which secret of it: <channel_id>/url, <channel_id>/signing_secret',
    version UInt64 COMMENT 'Unix milliseconds of the sealing; of several rows of a secret, the one with the highest version is opened',
    key_id LowCardinality(String) COMMENT 'Id of the sealing key that it was sealed with; empty once the channel was deleted',
    encapsulation String COMMENT 'HPKE encapsulated key, base64url',
    ciphertext String COMMENT 'HPKE ciphertext, base64url; only a worker can open it. Empty once the channel was deleted'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, credential_id)
COMMENT 'Sealed URLs and signing secrets of channels. Analysts and the API cannot read them.'
