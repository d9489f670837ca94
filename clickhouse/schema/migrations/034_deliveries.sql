CREATE TABLE IF NOT EXISTS deliveries
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that the channel belongs to',
    message_id String COMMENT 'What was to be delivered: the id of an alert, of a digest or of a test',
    channel_id String COMMENT 'The channel',
    version UInt64 COMMENT 'Unix milliseconds of the attempt',
    outcome LowCardinality(String) COMMENT 'delivered, or why it was not',
    status UInt16 COMMENT 'Status of HTTP or reply code of SMTP; 0 where there was no response'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, message_id, channel_id, version)
COMMENT 'Receipts: each attempt to deliver a message to a channel. Workers write it.'
