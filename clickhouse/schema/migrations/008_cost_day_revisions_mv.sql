-- Each insert into cost_days is also a revision of its days.
CREATE MATERIALIZED VIEW IF NOT EXISTS cost_day_revisions_mv TO cost_day_revisions
(
    tenant_id LowCardinality(String) COMMENT 'As in cost_day_revisions',
    integration_id LowCardinality(String) COMMENT 'As in cost_day_revisions',
    day Date COMMENT 'As in cost_day_revisions',
    version UInt64 COMMENT 'As in cost_day_revisions',
    total Decimal(38, 18) COMMENT 'As in cost_day_revisions',
    provider_total Decimal(38, 18) COMMENT 'As in cost_day_revisions',
    items UInt64 COMMENT 'As in cost_day_revisions',
    item_keys Array(UInt64) COMMENT 'As in cost_day_revisions',
    item_states Array(UInt64) COMMENT 'As in cost_day_revisions',
    dropped_dimensions Array(LowCardinality(String)) COMMENT 'As in cost_day_revisions',
    exact Bool COMMENT 'As in cost_day_revisions'
)
AS
WITH
    -- The digits as OpenAI sent them, in one spelling: 0.10 becomes 0.1, and 1e-5 becomes 0.00001. The stored amount is
    -- no substitute: it is rounded so that the day's sum is right, and one fact may move the last digit of another.
    -- Only the rare spellings are parsed, because writing a wide decimal as text is slow.
    (text) -> if(
        match(text, '[eE]|^-0[.0]*$'),
        ifNull(toString(toDecimal256OrNull(text, 38)), text),
        replaceRegexpOne(text, '(\\..*[1-9])0+$|\\.0*$', '\\1')
    ) AS number_in,
    arrayMap(
        (project_id, api_key_id, user_id, line_item, unit, currency) ->
            cityHash64(project_id, api_key_id, user_id, line_item, unit, currency),
        items.project_id, items.api_key_id, items.user_id, items.line_item, items.quantity_unit, items.currency
    ) AS keys,
    arrayMap(
        (key, amount, quantity) -> cityHash64(key, number_in(amount), number_in(quantity)),
        keys, items.amount_verbatim, items.quantity_verbatim
    ) AS states
SELECT
    tenant_id, integration_id, day, version,
    arraySum(items.amount) AS total,
    provider_total,
    length(items.line_item) AS items,
    arraySort(keys) AS item_keys,
    arraySort(states) AS item_states,
    dropped_dimensions,
    true AS exact
FROM cost_days
COMMENT 'Writes cost_day_revisions: each insert into cost_days is a revision of its days'
