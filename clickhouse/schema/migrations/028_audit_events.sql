CREATE TABLE IF NOT EXISTS audit_events
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that was acted for',
    at DateTime64(3, 'UTC') COMMENT 'When the action had ended',
    event_id String COMMENT 'Id of the event; written twice, it is still one',
    caller String COMMENT 'Who acted: the credential''s subject',
    action LowCardinality(String) COMMENT 'The operation of the API, such as createBudget',
    resource String COMMENT 'The path of what was acted on, or of what was created',
    status UInt16 COMMENT 'The status of the response',
    outcome LowCardinality(String) COMMENT 'succeeded, or the code of the problem for which nothing was changed',
    request_id String COMMENT 'The id of the request, as in the logs and in x-request-id'
)
ENGINE = ReplacingMergeTree
ORDER BY (tenant_id, at, event_id)
TTL toDateTime(at) + INTERVAL 2 YEAR
COMMENT 'Every request to change something, once. Kept for two years. The API writes it.'
