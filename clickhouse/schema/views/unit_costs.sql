CREATE OR REPLACE VIEW unit_costs
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model; the line item where it names none. Verbatim: versions of a model have prices of their own',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    unit LowCardinality(String) COMMENT 'What the price is of: 1000000_tokens, images (one), duration_minutes (one), 1000_characters or gibibyte_hours (one)',
    unit_cost Decimal(76, 18) COMMENT 'Effective price of a unit: amount ÷ quantity, cut off after 18 decimals. What is free is not a price of 0: free quantities and credits are not in it',
    amount Decimal(38, 18) COMMENT 'What the priced quantity cost: the positive amounts that have a quantity above 0',
    quantity Decimal(76, 18) COMMENT 'The priced quantity, in tokens, images, seconds, characters or gibibyte-hours',
    facts UInt64 COMMENT 'Cost facts that the price is made of',
    free_quantity Decimal(76, 18) COMMENT 'Quantity billed at 0, such as a free allowance, beside the priced one',
    credit Decimal(38, 18) COMMENT 'Sum of the SKU''s negative amounts in this unit, such as corrections, whatever their quantity; not in amount. Credits without a unit, or of a SKU that has no price that day, are in costs alone',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
AS
WITH
    -- Each unit on the bill: what it is priced in, what it is counted in, and how much of that the price is of.
    transform(
        billed_unit,
        ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
        ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
        ''
    ) AS priced_in,
    transform(billed_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS count_of_one,
    transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS per,
    -- Wider than what is stored: 20 digits of thousands of tokens do not fit it.
    billed_quantity::Decimal(76, 18) * count_of_one AS counted,
    billed > 0 AND billed_quantity > 0 AS has_price
SELECT
    tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context,
    priced_in AS unit,
    -- SKUs without a price are no rows, but within a join they may be divided before they are left out.
    amount::Decimal(76, 18) * per / if(quantity = 0, 1::Decimal(76, 18), quantity) AS unit_cost,
    sumIf(billed, has_price) AS amount,
    sumIf(counted, has_price) AS quantity,
    countIf(has_price) AS facts,
    sumIf(counted, billed = 0 AND billed_quantity > 0) AS free_quantity,
    sumIf(billed, billed < 0) AS credit,
    currency
FROM
(
    SELECT
        tenant_id, integration_id, day, service, if(model = '', line_item, model) AS product, model, token_type, modality,
        service_tier, surface, long_context, billed_unit, billed, ifNull(quantity, 0) AS billed_quantity, currency
    FROM cost_days FINAL
    ARRAY JOIN
        items.service AS service, items.line_item AS line_item, items.model AS model, items.token_type AS token_type,
        items.modality AS modality, items.service_tier AS service_tier, items.surface AS surface,
        items.long_context AS long_context, items.quantity_unit AS billed_unit, items.quantity AS quantity,
        items.amount AS billed, items.currency AS currency
)
WHERE priced_in != ''
GROUP BY tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context, unit, currency
HAVING facts > 0
COMMENT 'One row per day and SKU that has a price: what a unit cost, as amount and quantity on the bill make it, in no float'
