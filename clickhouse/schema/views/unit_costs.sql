-- The effective price of every SKU on every day: what the bill charged for it, divided by the billed quantity. All of
-- it in decimals; no float is involved. Projects of one organization may pay different prices, such as that of regional
-- processing, so it also moves with their mix: price_changes compares each project's own price.
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
    qualifier LowCardinality(String) COMMENT 'What else the price may depend on, such as 12h of a cache write or regional processing; empty where nothing is said',
    unit LowCardinality(String) COMMENT 'What the price is for: 1000000_tokens, images (one), duration_minutes (one), 1000_characters or gibibyte_hours (one)',
    unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit: amount ÷ quantity, cut off after 18 decimals. Free quantities and credits are not part of it',
    amount Decimal(38, 18) COMMENT 'Cost of the priced quantity: the sum of the positive amounts that have a quantity above 0',
    quantity Decimal(76, 18) COMMENT 'The priced quantity, in tokens, images, seconds, characters or gibibyte-hours',
    facts UInt64 COMMENT 'Number of cost facts that the price is made of',
    free_quantity Decimal(76, 18) COMMENT 'Quantity billed at 0, such as a free allowance; not in quantity',
    credit Decimal(38, 18) COMMENT 'Sum of the SKU''s negative amounts in this unit, such as corrections, whatever their quantity; not in amount. Credits without a unit, or of a SKU that has no price that day, are only in costs',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit,
    -- A SKU without a price is left out at the end. Within a join the division may come before that, so it must not fail.
    amount::Decimal(76, 18) * counted_per_unit / if(quantity = 0, 1::Decimal(76, 18), quantity) AS unit_cost,
    sumIf(line.amount, has_price) AS amount,
    sumIf(line.quantity, has_price) AS quantity,
    countIf(has_price) AS facts,
    sumIf(line.quantity, line.amount = 0 AND line.quantity > 0) AS free_quantity,
    sumIf(line.amount, line.amount < 0) AS credit,
    currency
FROM priced_lines AS line
GROUP BY tenant_id, integration_id, day, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit, counted_per_unit, currency
HAVING facts > 0
COMMENT 'One row per day and SKU that has a price: the effective price of one unit over all projects, computed from amount and quantity on the bill in exact decimals'
