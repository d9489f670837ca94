-- The lines of the bill that have a unit we know, with the quantity in the base unit of its price. unit_costs and
-- price_changes are made of them.
CREATE OR REPLACE VIEW priced_lines
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the fact was read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model; the line item where it names no model. Verbatim, because versions of a model have prices of their own',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    qualifier LowCardinality(String) COMMENT 'What else the price may depend on, such as 12h of a cache write or regional processing; empty where nothing is said',
    unit LowCardinality(String) COMMENT 'What a price of the line is for: 1000000_tokens, images (one), duration_minutes (one), 1000_characters or gibibyte_hours (one)',
    counted_per_unit UInt32 COMMENT 'How many tokens, seconds, … one price is for',
    quantity Decimal(76, 18) COMMENT 'The quantity in tokens, images, seconds, characters or gibibyte-hours; 0 where OpenAI gives none',
    amount Decimal(38, 18) COMMENT 'Cost of the line, exact; negative for credits',
    has_price Bool COMMENT 'Whether amount and quantity are above 0: a free quantity and a credit are no price',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day, project_id, service, if(model = '', line_item, model) AS product, model, token_type,
    modality, service_tier, surface, long_context, qualifier,
    transform(
        line_unit,
        ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
        ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
        ''
    ) AS unit,
    transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS counted_per_unit,
    -- In tokens, seconds, …, whatever the line counts in. Wider than what is stored: a number of 20 digits in thousands
    -- of tokens does not fit into the stored type.
    ifNull(line_quantity, 0)::Decimal(76, 18)
        * transform(line_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS quantity,
    line_amount AS amount,
    amount > 0 AND quantity > 0 AS has_price,
    currency
FROM cost_days FINAL
ARRAY JOIN
    items.project_id AS project_id, items.service AS service, items.line_item AS line_item, items.model AS model,
    items.token_type AS token_type, items.modality AS modality, items.service_tier AS service_tier,
    items.surface AS surface, items.long_context AS long_context, items.qualifier AS qualifier, items.quantity_unit AS line_unit,
    items.quantity AS line_quantity, items.amount AS line_amount, items.currency AS currency
WHERE unit != ''
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per line of the bill whose unit has a price: what unit_costs adds up by day and SKU. Not stable: a step of unit_costs and price_changes'
