ALTER TABLE alert_events
    ADD COLUMN IF NOT EXISTS causes Array(String) COMMENT 'Of an anomaly, the API keys that made up most of the rise, the greatest first; an empty one where no key is known of it' AFTER forecast,
    COMMENT COLUMN event 'raised, fell_below, rose_again, restated, ended or acknowledged'
