ALTER TABLE cost_day_revisions_mv
    MODIFY COMMENT 'Writes cost_day_revisions: each insert into cost_days is a revision of its days',
    COMMENT COLUMN tenant_id 'As in cost_day_revisions',
    COMMENT COLUMN integration_id 'As in cost_day_revisions',
    COMMENT COLUMN day 'As in cost_day_revisions',
    COMMENT COLUMN version 'As in cost_day_revisions',
    COMMENT COLUMN total 'As in cost_day_revisions',
    COMMENT COLUMN provider_total 'As in cost_day_revisions',
    COMMENT COLUMN items 'As in cost_day_revisions',
    COMMENT COLUMN item_keys 'As in cost_day_revisions',
    COMMENT COLUMN item_states 'As in cost_day_revisions'
