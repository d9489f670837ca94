-- A changed query takes the comments of the columns away.
ALTER TABLE cost_day_revisions_mv
    COMMENT COLUMN tenant_id 'As in cost_day_revisions',
    COMMENT COLUMN integration_id 'As in cost_day_revisions',
    COMMENT COLUMN day 'As in cost_day_revisions',
    COMMENT COLUMN version 'As in cost_day_revisions',
    COMMENT COLUMN total 'As in cost_day_revisions',
    COMMENT COLUMN provider_total 'As in cost_day_revisions',
    COMMENT COLUMN items 'As in cost_day_revisions',
    COMMENT COLUMN item_keys 'As in cost_day_revisions',
    COMMENT COLUMN item_states 'As in cost_day_revisions',
    COMMENT COLUMN dropped_dimensions 'As in cost_day_revisions',
    COMMENT COLUMN exact 'As in cost_day_revisions',
    COMMENT COLUMN has_api_source 'As in cost_day_revisions'
