-- Fills days that were written before, in the background: until then they are computed whenever they are read.
ALTER TABLE cost_days
    MATERIALIZE COLUMN by_project.project_id,
    MATERIALIZE COLUMN by_project.project_name,
    MATERIALIZE COLUMN by_project.currency,
    MATERIALIZE COLUMN by_project.quantity_unit,
    MATERIALIZE COLUMN by_project.amount,
    MATERIALIZE COLUMN by_project.quantity,
    MATERIALIZE COLUMN by_project.facts,
    MATERIALIZE COLUMN by_project.measured_facts,
    MATERIALIZE COLUMN by_model.service,
    MATERIALIZE COLUMN by_model.model,
    MATERIALIZE COLUMN by_model.currency,
    MATERIALIZE COLUMN by_model.quantity_unit,
    MATERIALIZE COLUMN by_model.amount,
    MATERIALIZE COLUMN by_model.quantity,
    MATERIALIZE COLUMN by_model.facts,
    MATERIALIZE COLUMN by_model.measured_facts
SETTINGS mutations_sync = 0
