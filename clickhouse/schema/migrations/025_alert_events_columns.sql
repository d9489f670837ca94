ALTER TABLE alert_events
    ADD COLUMN IF NOT EXISTS kind LowCardinality(String) DEFAULT 'budget' COMMENT 'budget, anomaly, sync_stopped, key_expires, reconciliation, limit or unknown_line_items' AFTER version,
    ADD COLUMN IF NOT EXISTS integration_id String COMMENT 'The integration that it is about; empty where it is about all of the tenant''s' AFTER kind,
    ADD COLUMN IF NOT EXISTS day Date DEFAULT period_from COMMENT 'The UTC day that it is to be shown on' AFTER integration_id,
    ADD COLUMN IF NOT EXISTS title String COMMENT 'One line: of what, and how much' AFTER day,
    ADD COLUMN IF NOT EXISTS text String COMMENT 'Sentences: how much of what, who, why, and what to do' AFTER title,
    ADD COLUMN IF NOT EXISTS filters Map(String, Array(String)) COMMENT 'By dimension of costs, the values that it is about; all costs where it is empty' AFTER text,
    MODIFY COLUMN amount Nullable(Decimal(38, 18)) COMMENT 'What the costs are compared with: a budget, a limit, what was expected; null where they are not',
    MODIFY COLUMN spent Nullable(Decimal(38, 18)) COMMENT 'What had been spent when the event happened; null where no money is concerned',
    COMMENT COLUMN alert_id 'Id of the alert, made from all that it is about',
    COMMENT COLUMN budget_id 'The budget; empty of other alerts, as are its other columns',
    COMMENT COLUMN period_from 'First UTC day that it is about: of the budget''s period, of the anomaly, …',
    COMMENT COLUMN currency 'ISO 4217, lower case; empty where no money is concerned'
