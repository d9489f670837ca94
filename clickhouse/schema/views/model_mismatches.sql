CREATE OR REPLACE VIEW model_mismatches
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    model LowCardinality(String) COMMENT 'The name that both are compared under, as in model_quantities; empty where not said',
    billed_models Array(LowCardinality(String)) COMMENT 'The names on the bill, verbatim; empty where the model has no cost line',
    used_models Array(LowCardinality(String)) COMMENT 'The names in the usage, verbatim; empty where the model has none',
    unit LowCardinality(String) COMMENT 'What is counted: tokens (of every kind), images, seconds or characters',
    kind LowCardinality(String) COMMENT 'usage_without_cost: used, and the model has no cost line that day; cost_without_usage: billed, and none was used; quantities_differ; names_differ: the quantities agree, the names do not',
    billed Decimal(76, 18) COMMENT 'Quantity on the bill',
    used Decimal(76, 18) COMMENT 'Quantity in the usage',
    difference Decimal(76, 18) COMMENT 'billed − used'
)
AS
SELECT
    tenant_id, integration_id, day, project_id, model, billed_models, used_models,
    quantity.1 AS unit,
    multiIf(empty(billed_models), 'usage_without_cost', used = 0, 'cost_without_usage', billed != used, 'quantities_differ', 'names_differ') AS kind,
    quantity.2 AS billed,
    quantity.3 AS used,
    billed - used AS difference
FROM
(
    SELECT
        tenant_id, integration_id, day, project_id, model,
        arraySort(groupUniqArrayIf(name, is_billed)) AS billed_models,
        arraySort(groupUniqArrayIf(name, NOT is_billed)) AS used_models,
        [
            ('tokens', sumIf(quantity, is_billed AND unit = 'tokens'), sumIf(quantity, NOT is_billed AND unit = 'tokens')),
            ('images', sumIf(quantity, is_billed AND unit = 'images'), sumIf(quantity, NOT is_billed AND unit = 'images')),
            ('seconds', sumIf(quantity, is_billed AND unit = 'seconds'), sumIf(quantity, NOT is_billed AND unit = 'seconds')),
            ('characters', sumIf(quantity, is_billed AND unit = 'characters'), sumIf(quantity, NOT is_billed AND unit = 'characters'))
        ] AS quantities
    FROM model_quantities
    GROUP BY tenant_id, integration_id, day, project_id, model
)
-- A unit that the model is not billed in is not compared: images that are billed by their tokens are no mismatch.
ARRAY JOIN arrayFilter(
    each -> if(empty(billed_models), each.3 != 0, each.2 != 0 AND (each.2 != each.3 OR billed_models != used_models)),
    quantities
) AS quantity
COMMENT 'Where bill and usage disagree: one row per day, project, model and unit. Cost lines whose quantity OpenAI does not give, or in another unit, cannot be compared'
