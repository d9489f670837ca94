ALTER TABLE cost_day_revisions_mv MODIFY QUERY
WITH
    -- Numbers as OpenAI sent them, every digit, whatever their spelling: 0.10 is 0.1, and 1e-5 is 0.00001. What is stored
    -- as the amount is rounded so that the day's sum is right, by which one fact may move the last digit of another.
    -- Parsing is for the rare spellings alone: to write a wide decimal as text takes long.
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
