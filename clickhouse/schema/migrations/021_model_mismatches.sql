CREATE OR REPLACE VIEW model_mismatches
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    model LowCardinality(String) COMMENT 'Model without a date at its end, as both are compared; empty where not said',
    billed_models Array(LowCardinality(String)) COMMENT 'The names on the bill, verbatim; empty where the model has no cost line',
    used_models Array(LowCardinality(String)) COMMENT 'The names in the usage, verbatim; empty where the model has none',
    unit LowCardinality(String) COMMENT 'What is counted: tokens (of every kind), images, seconds or characters',
    kind LowCardinality(String) COMMENT 'usage_without_cost: used, and the model has no cost line that day; cost_without_usage: billed, and none was used; quantities_differ; names_differ: the quantities agree, the names do not',
    billed Decimal(38, 18) COMMENT 'Quantity on the bill',
    used Decimal(38, 18) COMMENT 'Quantity in the usage',
    difference Decimal(38, 18) COMMENT 'billed − used'
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
        tenant_id, integration_id, day, project_id,
        replaceRegexpOne(name, '-\\d{4}-\\d{2}-\\d{2}$', '') AS model,
        arraySort(groupUniqArrayIf(name, is_billed)) AS billed_models,
        arraySort(groupUniqArrayIf(name, NOT is_billed)) AS used_models,
        [
            ('tokens', sumIf(tokens, is_billed), sumIf(tokens, NOT is_billed)),
            ('images', sumIf(images, is_billed), sumIf(images, NOT is_billed)),
            ('seconds', sumIf(seconds, is_billed), sumIf(seconds, NOT is_billed)),
            ('characters', sumIf(characters, is_billed), sumIf(characters, NOT is_billed))
        ] AS quantities
    FROM
    (
        SELECT
            tenant_id, integration_id, day, project_id, name, true AS is_billed,
            ifNull(sumIf(quantity, unit = 'tokens'), 0) + ifNull(sumIf(quantity, unit = '1000_tokens'), 0) * 1000 AS tokens,
            ifNull(sumIf(quantity, unit = 'images'), 0) AS images,
            ifNull(sumIf(quantity, unit = 'duration_seconds'), 0) + ifNull(sumIf(quantity, unit = 'duration_minutes'), 0) * 60
                + ifNull(sumIf(quantity, unit = 'duration_hours'), 0) * 3600 AS seconds,
            ifNull(sumIf(quantity, unit = 'characters'), 0) AS characters
        FROM cost_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.quantity AS quantity, items.quantity_unit AS unit
        GROUP BY tenant_id, integration_id, day, project_id, name
        UNION ALL
        SELECT
            tenant_id, integration_id, day, project_id, name, false,
            sum(input_tokens) + sum(output_tokens), sum(image_count), sum(second_count), sum(character_count)
        FROM usage_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.input_tokens AS input_tokens,
            items.output_tokens AS output_tokens, items.images AS image_count, items.seconds AS second_count,
            items.characters AS character_count
        WHERE dataset != 'usage/web_search_calls'
        GROUP BY tenant_id, integration_id, day, project_id, name
    )
    GROUP BY tenant_id, integration_id, day, project_id, model
)
-- A unit that the model is not billed in is not compared: images that are billed by their tokens are no mismatch.
ARRAY JOIN arrayFilter(
    each -> if(empty(billed_models), each.3 != 0, each.2 != 0 AND (each.2 != each.3 OR billed_models != used_models)),
    quantities
) AS quantity
COMMENT 'Where bill and usage disagree: one row per day, project, model and unit. Cost lines whose quantity OpenAI does not give, or in another unit, cannot be compared'
