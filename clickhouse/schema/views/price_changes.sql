-- The days on which the effective price of a SKU had moved by more than 1 %, at once or little by little. Each project is
-- compared with itself: where only the mix of projects moves, such as from global to regional processing, no price has
-- changed. A change that several projects see is one change.
CREATE OR REPLACE VIEW price_changes
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'First UTC day at the new price',
    previous_day Date COMMENT 'First UTC day at the old price: the day of the previous change that a project saw, or its first day with a price',
    service LowCardinality(String) COMMENT 'completions, embeddings, images, audio, vector_stores, …; other where the line item is not understood',
    product LowCardinality(String) COMMENT 'The model, verbatim; the line item where it names no model',
    model LowCardinality(String) COMMENT 'Model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'input, cached_input, cache_write, output; none where not billed by tokens',
    modality LowCardinality(String) COMMENT 'text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'The product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Billed at the long-context price',
    qualifier LowCardinality(String) COMMENT 'What else the price may depend on, such as 12h of a cache write or regional processing; empty where nothing is said',
    unit LowCardinality(String) COMMENT 'What the prices are for, as in unit_costs',
    old_unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit before, over the projects that saw the change on this day',
    new_unit_cost Decimal(76, 18) COMMENT 'Effective price of one unit on day, over the same projects',
    change_percent Decimal(76, 6) COMMENT 'Change in percent of the old price; negative for a price cut',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
SQL SECURITY INVOKER
AS
WITH
    -- The prices of each project that rounding cannot have moved by 1 %. An amount may be off by half of its last decimal,
    -- at worst by half a millionth. A day is left out where that could move its price by over 0.4 %, so two days that are
    -- left cannot differ by 1 % only because of rounding.
    prices AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, service, product, model, token_type, modality, service_tier, surface,
            long_context, qualifier, unit, currency,
            sum(line.amount) AS amount,
            amount::Decimal(76, 18) * counted_per_unit AS unit_amount,
            sum(line.quantity) AS quantity,
            unit_amount / quantity AS unit_cost,
            length(splitByChar('.', toString(amount))[2]) AS decimals,
            least(0.000001::Decimal(38, 18), toDecimal128('1e-' || toString(decimals), 18)) AS last_decimal
        FROM priced_lines AS line
        WHERE has_price
        GROUP BY tenant_id, integration_id, day, project_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit, counted_per_unit, currency
        HAVING unit_cost > 0 AND count() * last_decimal <= 0.008::Decimal(38, 18) * amount
    ),
    -- One row per project and SKU, its prices by day.
    histories AS
    (
        SELECT
            tenant_id, integration_id, project_id, service, product, model, token_type, modality, service_tier, surface,
            long_context, qualifier, unit, currency,
            arraySort(groupArray((day, unit_cost, unit_amount, quantity))) AS price_of_days
        FROM prices
        GROUP BY tenant_id, integration_id, project_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit, currency
    ),
    (a, b) -> abs(a - b) * 100 > b AS differ,
    -- Goes through the prices that a project pays for a SKU day by day with the state (last reported price, last day at
    -- it, changes so far). A price is reported when it differs by more than 1 % from the last reported one; it is then
    -- the price that later days are compared with. A change is (last day at the old price, old price, new price).
    (prices) -> arrayFold(
        (state, price) -> if(
            differ(price.2, state.1.2),
            (price, price.1, arrayPushBack(state.3, (state.2, state.1, price))),
            (state.1, price.1, state.3)
        ),
        prices,
        (prices[1], prices[1].1, []::Array(Tuple(
            Date, Tuple(Date, Decimal(76, 18), Decimal(76, 18), Decimal(76, 18)), Tuple(Date, Decimal(76, 18), Decimal(76, 18), Decimal(76, 18)))))
    ).3 AS changes_of,
    -- What several projects see on one day, in steps of 1 %. `last_day` is the last day at the old price.
    changes AS
    (
        SELECT
            tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier,
            unit, currency,
            change.3.1 AS day,
            min(change.2.1) AS previous_day,
            max(change.1) AS last_day,
            sum(change.2.3) / sum(change.2.4) AS old_cost,
            sum(change.3.3) / sum(change.3.4) AS new_cost,
            sum(change.3.3) AS unit_amount
        FROM histories
        ARRAY JOIN changes_of(price_of_days) AS change
        GROUP BY tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit, currency, day,
            round(log(toFloat64(change.2.2)) * 100), round(log(toFloat64(change.3.2)) * 100)
    ),
    -- Of each SKU, the largest first on each day. A project that was away when the price changed sees the same change
    -- later: it is left out.
    ordered AS
    (
        SELECT
            tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier,
            unit, currency,
            arraySort(each -> (each.day, -each.unit_amount), groupArray((day, previous_day, last_day, old_cost, new_cost, unit_amount)::Tuple(
                day Date, previous_day Date, last_day Date, old_cost Decimal(76, 18), new_cost Decimal(76, 18), unit_amount Decimal(76, 18)))) AS all_changes,
            arrayFilter(
                (change, place) -> NOT arrayExists(
                    earlier -> earlier.day > change.last_day
                        AND NOT differ(change.old_cost, earlier.old_cost) AND NOT differ(change.new_cost, earlier.new_cost),
                    arraySlice(all_changes, 1, place - 1)),
                all_changes, arrayEnumerate(all_changes)
            ) AS first_changes
        FROM changes
        GROUP BY tenant_id, integration_id, service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit, currency
    )
SELECT
    tenant_id, integration_id,
    change.day AS day,
    change.previous_day AS previous_day,
    service, product, model, token_type, modality, service_tier, surface, long_context, qualifier, unit,
    change.old_cost AS old_unit_cost,
    change.new_cost AS new_unit_cost,
    (new_unit_cost - old_unit_cost) * 100 / old_unit_cost AS change_percent,
    currency
FROM ordered
ARRAY JOIN first_changes AS change
COMMENT 'One row per day on which the effective price of a SKU had moved by more than 1 % for a project, at once or little by little, since its previous change or its first day with a price. Where projects pay different prices, each price has a row. A mix of projects that moves is no change. Days with amounts so small that rounding could have moved the price are left out'
