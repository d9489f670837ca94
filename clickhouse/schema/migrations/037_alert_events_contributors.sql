ALTER TABLE alert_events
    ADD COLUMN IF NOT EXISTS compared_with LowCardinality(String) COMMENT 'What explains the costs is a comparison with: usual or previous_period; empty where nothing is compared' AFTER causes,
    ADD COLUMN IF NOT EXISTS reasons Array(Tuple(reason String, change Decimal(38, 18))) COMMENT 'How much of the change has which reason, the greatest first' AFTER compared_with,
    ADD COLUMN IF NOT EXISTS contributors Array(Tuple(project_id String, project_name String, api_key_id String, api_key_name String, model String, line_item String, amount Decimal(38, 18), before Nullable(Decimal(38, 18)), change Nullable(Decimal(38, 18)))) COMMENT 'What contributed most, the greatest first; before and change are null where nothing is compared' AFTER reasons
