CREATE TABLE IF NOT EXISTS channels
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that the channel belongs to',
    channel_id String COMMENT 'Id of the channel',
    version UInt64 COMMENT 'Unix milliseconds of the change; of several rows of a channel, the one with the highest version counts',
    is_deleted Bool COMMENT 'Whether the channel was deleted',
    name String COMMENT 'The channel''s name, verbatim',
    kind LowCardinality(String) COMMENT 'webhook, slack or email',
    host String COMMENT 'Host of the URL that messages are posted to; the URL itself is a secret. Empty of e-mail',
    recipients Array(String) COMMENT 'Addresses that e-mails are sent to; empty of other kinds',
    alert_kinds Array(LowCardinality(String)) COMMENT 'Kinds of alerts that it gets; all where it is empty',
    budget_ids Array(String) COMMENT 'Of alerts of budgets, the budgets; all where it is empty',
    digests Array(LowCardinality(String)) COMMENT 'weekly, monthly: the digests that it gets'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, channel_id)
COMMENT 'Where alerts and digests are sent to. The API writes it.'
