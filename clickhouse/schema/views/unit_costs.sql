-- The effective price of every SKU on every day: what the bill charged for it, divided by the billed quantity. All of
-- it in decimals; no float is involved.
CREATE OR REPLACE VIEW unit_costs
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model; the line item where it names no model. Verbatim, because versions of a model have prices of their own',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    unit LowCardinality(String) COMMENT 'What the price is for: 1000000_tokens, images (one), duration_minutes (one), 1000_characters or gibibyte_hours (one)',
    unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit: amount ÷ quantity, cut off after 18 decimals. Free quantities and credits are not part of it',
    amount Decimal(38, 18) COMMENT 'Cost of the priced quantity: the sum of the positive amounts that have a quantity above 0',
    quantity Decimal(76, 18) COMMENT 'The priced quantity, in tokens, images, seconds, characters or gibibyte-hours',
    facts UInt64 COMMENT 'Number of cost facts that the price is made of',
    free_quantity Decimal(76, 18) COMMENT 'Quantity billed at 0, such as a free allowance; not in quantity',
    credit Decimal(38, 18) COMMENT 'Sum of the SKU''s negative amounts in this unit, such as corrections, whatever their quantity; not in amount. Credits without a unit, or of a SKU that has no price that day, are only in costs',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
AS
WITH
    -- The lines of the bill that have a unit we know.
    lines AS
    (
        SELECT
            tenant_id, integration_id, day, service, if(model = '', line_item, model) AS product, model, token_type, modality,
            service_tier, surface, long_context, currency, line_amount,
            transform(
                line_unit,
                ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
                ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
                ''
            ) AS priced_unit,
            -- In tokens, seconds, …, whatever the line counts in. Wider than what is stored: a number of 20 digits in
            -- thousands of tokens does not fit into the stored type.
            ifNull(line_quantity, 0)::Decimal(76, 18)
                * transform(line_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS counted
        FROM cost_days FINAL
        ARRAY JOIN
            items.service AS service, items.line_item AS line_item, items.model AS model, items.token_type AS token_type,
            items.modality AS modality, items.service_tier AS service_tier, items.surface AS surface,
            items.long_context AS long_context, items.quantity_unit AS line_unit, items.quantity AS line_quantity,
            items.amount AS line_amount, items.currency AS currency
        WHERE priced_unit != ''
    ),
    line_amount > 0 AND counted > 0 AS has_price,
    -- How many tokens, seconds or characters one price is for.
    transform(priced_unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS counted_per_unit
SELECT
    tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context,
    priced_unit AS unit,
    -- A SKU without a price is left out at the end. Within a join the division may come before that, so it must not fail.
    amount::Decimal(76, 18) * counted_per_unit / if(quantity = 0, 1::Decimal(76, 18), quantity) AS unit_cost,
    sumIf(line_amount, has_price) AS amount,
    sumIf(counted, has_price) AS quantity,
    countIf(has_price) AS facts,
    sumIf(counted, line_amount = 0 AND counted > 0) AS free_quantity,
    sumIf(line_amount, line_amount < 0) AS credit,
    currency
FROM lines
GROUP BY tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context, priced_unit, currency
HAVING facts > 0
COMMENT 'One row per day and SKU that has a price: the effective price of one unit, computed from amount and quantity on the bill in exact decimals'
