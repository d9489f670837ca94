-- Where the bill and the usage of a model disagree about a quantity or a name.
CREATE OR REPLACE VIEW model_mismatches
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    model LowCardinality(String) COMMENT 'The name under which both are compared, as in model_quantities; empty where not said',
    billed_models Array(LowCardinality(String)) COMMENT 'The names on the bill, verbatim; empty where the model has no cost line',
    used_models Array(LowCardinality(String)) COMMENT 'The names in the usage, verbatim; empty where the model has none',
    unit LowCardinality(String) COMMENT 'What is counted: tokens (of every kind), images, seconds or characters',
    kind LowCardinality(String) COMMENT 'usage_without_cost: used, but the model has no cost line that day; cost_without_usage: billed, but not used; quantities_differ; names_differ: the quantities agree, the names do not',
    billed Decimal(76, 18) COMMENT 'Quantity on the bill',
    used Decimal(76, 18) COMMENT 'Quantity in the usage',
    difference Decimal(76, 18) COMMENT 'billed − used'
)
SQL SECURITY INVOKER
AS
WITH
    (counted) -> (counted, sumIf(quantity, is_billed AND unit = counted), sumIf(quantity, NOT is_billed AND unit = counted)) AS in_unit,
    -- One row per model, with (unit, billed, used) of each unit.
    models AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, model,
            arraySort(groupUniqArrayIf(name, is_billed)) AS billed_models,
            arraySort(groupUniqArrayIf(name, NOT is_billed)) AS used_models,
            [in_unit('tokens'), in_unit('images'), in_unit('seconds'), in_unit('characters')] AS quantities
        FROM model_quantities
        GROUP BY tenant_id, integration_id, day, project_id, model
    ),
    -- One row per unit in which a model was billed, or in which an unbilled model was used. Other units are not
    -- compared: images that are billed by their tokens are no mismatch.
    compared AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, model, billed_models, used_models,
            quantity.1 AS unit,
            quantity.2 AS billed,
            quantity.3 AS used
        FROM models
        ARRAY JOIN quantities AS quantity
        WHERE if(empty(billed_models), used != 0, billed != 0 AND (billed != used OR billed_models != used_models))
    )
SELECT
    tenant_id, integration_id, day, project_id, model, billed_models, used_models, unit,
    multiIf(
        empty(billed_models), 'usage_without_cost',
        used = 0, 'cost_without_usage',
        billed != used, 'quantities_differ',
        'names_differ'
    ) AS kind,
    billed,
    used,
    billed - used AS difference
FROM compared
COMMENT 'Where bill and usage disagree: one row per day, project, model and unit. Cost lines without a quantity, or with a quantity in another unit, cannot be compared'
