-- Nothing uses them since 038, in which they cannot be dropped: the columns that used them are changed there.
ALTER TABLE cost_days
    DROP COLUMN IF EXISTS ranges_by_project,
    DROP COLUMN IF EXISTS starts_by_project,
    DROP COLUMN IF EXISTS places_by_project,
    DROP COLUMN IF EXISTS ranges_by_model,
    DROP COLUMN IF EXISTS starts_by_model,
    DROP COLUMN IF EXISTS places_by_model
