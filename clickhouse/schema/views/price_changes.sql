-- The days on which the effective price that a project pays for a SKU had moved by more than 1 %, at once or little by
-- little. Projects are compared each with itself: where only their mix moves, such as from global to regional
-- processing, no price has changed.
CREATE OR REPLACE VIEW price_changes
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'First UTC day at the new price',
    previous_day Date COMMENT 'First UTC day at the old price: the day of the project''s previous change of this SKU, or its first day with a price',
    project_id LowCardinality(String) COMMENT 'OpenAI project that pays the price, verbatim; empty where not attributed',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model, verbatim; the line item where it names no model',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    unit LowCardinality(String) COMMENT 'What the prices are for, as in unit_costs',
    old_unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit on previous_day',
    new_unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit on day',
    change_percent Decimal(76, 6) COMMENT 'Change in percent of the old price; negative for a price cut',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
AS
WITH
    -- The prices of each project that rounding cannot have moved by 1 %. An amount may be off by half of its last decimal, at worst by half a
    -- millionth. A day is left out where that could move its price by over 0.4 %, so two days that are left cannot
    -- differ by 1 % only because of rounding.
    prices AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, service, product, model, token_type, modality, service_tier, surface,
            long_context, unit, currency,
            sum(line.amount) AS amount,
            amount::Decimal(76, 18) * counted_per_unit / sum(line.quantity) AS unit_cost,
            count() AS facts,
            length(splitByChar('.', toString(amount))[2]) AS decimals,
            least(0.000001::Decimal(38, 18), toDecimal128('1e-' || toString(decimals), 18)) AS last_decimal
        FROM priced_lines AS line
        WHERE has_price
        GROUP BY tenant_id, integration_id, day, project_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit, counted_per_unit, currency
        HAVING unit_cost > 0 AND facts * last_decimal <= 0.008::Decimal(38, 18) * amount
    ),
    -- One row per project and SKU, its prices by day: (day, price).
    histories AS
    (
        SELECT
            tenant_id, integration_id, project_id, service, product, model, token_type, modality, service_tier, surface,
            long_context, unit, currency,
            arraySort(groupArray((day, unit_cost))) AS price_of_days
        FROM prices
        GROUP BY tenant_id, integration_id, project_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit, currency
    ),
    -- Goes through the prices that a project pays for a SKU day by day with the state (last reported price, changes so
    -- far). A price is reported when it differs by more than 1 % from the last reported one; it is then the price that
    -- later days are compared with. A change is (day, day of the old price, old price, new price).
    (prices) -> arrayFold(
        (state, price) -> if(
            abs(price.2 - state.1.2) * 100 > state.1.2,
            (price, arrayPushBack(state.2, (price.1, state.1.1, state.1.2, price.2))),
            state
        ),
        prices,
        (prices[1], []::Array(Tuple(Date, Date, Decimal(76, 18), Decimal(76, 18))))
    ).2 AS changes_of
SELECT
    tenant_id, integration_id,
    change.1 AS day,
    change.2 AS previous_day,
    project_id, service, product, model, token_type, modality, service_tier, surface, long_context, unit,
    change.3 AS old_unit_cost,
    change.4 AS new_unit_cost,
    (new_unit_cost - old_unit_cost) * 100 / old_unit_cost AS change_percent,
    currency
FROM histories
ARRAY JOIN changes_of(price_of_days) AS change
COMMENT 'One row per project and day on which the effective price of a SKU had moved by more than 1 %, at once or little by little, since its previous change or its first day with a price. Days with amounts so small that rounding could have moved the price are left out'
