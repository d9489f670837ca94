CREATE OR REPLACE VIEW price_changes
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'First UTC day at the new price',
    previous_day Date COMMENT 'First UTC day at the old price: the day of the SKU''s change before this one, or its first day with a price',
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
    tenant_id, integration_id, change.1 AS day, change.2 AS previous_day,
    service, product, model, token_type, modality, service_tier, surface, long_context, unit,
    change.3 AS old_unit_cost,
    change.4 AS new_unit_cost,
    (new_unit_cost - old_unit_cost) * 100 / old_unit_cost AS change_percent,
    currency
FROM
(
    SELECT
        tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit, currency,
        arraySort(groupArray((day, unit_cost))) AS prices,
        -- Day by day: the last price that was told, and all changes so far. A price that creeps is told once it has
        -- moved by 1 % in all.
        arrayFold(
            (told, price) -> if(
                abs(price.2 - told.1.2) * 100 > told.1.2,
                (price, arrayPushBack(told.2, (price.1, told.1.1, told.1.2, price.2))),
                told
            ),
            prices,
            (prices[1], []::Array(Tuple(Date, Date, Decimal(76, 18), Decimal(76, 18))))
        ).2 AS changes
    FROM unit_costs
    -- Each amount may be off by half of its last decimal, at worst by half a millionth. Where that could move the price
    -- of the day by over 0.4 %, the day is passed over: two days that are left cannot differ by 1 % through rounding.
    WHERE unit_cost > 0
        AND facts * least(0.000001::Decimal(38, 18), toDecimal128('1e-' || toString(length(splitByChar('.', toString(amount))[2])), 18)) <= 0.008::Decimal(38, 18) * amount
    GROUP BY tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit, currency
)
ARRAY JOIN changes AS change
COMMENT 'One row per day on which the effective price of a SKU had moved by more than 1 % since its change before, or since its first day with a price: at once or little by little. Days so small that rounding could have moved it are passed over'
