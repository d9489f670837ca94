CREATE OR REPLACE VIEW price_changes
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'First UTC day at the new price',
    previous_day Date COMMENT 'The day before it on which the SKU had a price',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model, verbatim; the line item where it names none',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    unit LowCardinality(String) COMMENT 'What the prices are of, as in unit_costs',
    old_unit_cost Decimal(76, 18) COMMENT 'Effective price of a unit on previous_day',
    new_unit_cost Decimal(76, 18) COMMENT 'Effective price of a unit on day',
    change_percent Decimal(76, 6) COMMENT 'By how much it moved, in percent of the old price; negative for a cut',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
AS
SELECT
    tenant_id, integration_id, day, old.1 AS previous_day,
    service, product, model, token_type, modality, service_tier, surface, long_context, unit,
    old.2 AS old_unit_cost,
    unit_cost AS new_unit_cost,
    (new_unit_cost - old_unit_cost) * 100 / old_unit_cost AS change_percent,
    currency
FROM
(
    SELECT
        *,
        lagInFrame((day, unit_cost)) OVER (
            PARTITION BY tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit, currency
            ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS old
    FROM unit_costs
    -- Each amount may be off by half of its last decimal, at worst by half a millionth. Where that could move the price
    -- of the day by over 0.4 %, the day is passed over: two days that are left cannot differ by 1 % through rounding.
    WHERE facts * least(0.000001::Decimal(38, 18), toDecimal128('1e-' || toString(length(splitByChar('.', toString(amount))[2])), 18)) <= 0.008::Decimal(38, 18) * amount
)
WHERE old_unit_cost > 0 AND abs(new_unit_cost - old_unit_cost) * 100 > old_unit_cost
COMMENT 'One row per day on which the effective price of a SKU moved by more than 1 % against the last day before on which it had a price. Days so small that rounding could have moved it are passed over'
