-- Hard spend limits and spend alerts, as OpenAI had them on each day on which they were read.
CREATE OR REPLACE VIEW spend_limits
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the limit was read through',
    day Date COMMENT 'UTC day of the read',
    is_current Bool COMMENT 'Whether it is of the newest day that was read; where that has no limits, none is current',
    kind LowCardinality(String) COMMENT 'hard_limit: OpenAI refuses requests once it is reached. alert: it sends e-mails',
    limit_id String COMMENT 'OpenAI''s id of an alert, verbatim; empty for a hard limit',
    project_id String COMMENT 'OpenAI project, verbatim; empty where the limit is of the whole organization',
    amount Decimal(38, 18) COMMENT 'What may be spent in an interval',
    currency LowCardinality(String) COMMENT 'ISO 4217, lower case',
    interval LowCardinality(String) COMMENT 'month: a calendar month',
    is_enforcing Bool COMMENT 'Whether OpenAI refused requests at the time of the read, because the limit was reached'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day,
    toBool(day = newest_day) AS is_current,
    kind, limit_id, project_id, amount, currency, interval, is_enforcing
FROM
(
    SELECT *, max(day) OVER (PARTITION BY tenant_id, integration_id) AS newest_day
    FROM limit_days FINAL
)
ARRAY JOIN
    limits.kind AS kind,
    limits.limit_id AS limit_id,
    limits.project_id AS project_id,
    limits.amount AS amount,
    limits.currency AS currency,
    limits.interval AS interval,
    limits.is_enforcing AS is_enforcing
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per limit and day on which it was read'
