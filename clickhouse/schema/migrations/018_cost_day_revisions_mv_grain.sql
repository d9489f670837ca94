-- A revision also says whether its facts are divided by API source, and two sources are two facts.
ALTER TABLE cost_day_revisions_mv MODIFY QUERY
WITH
    -- The digits as OpenAI sent them, in one spelling: 0.10 becomes 0.1, and 1e-5 becomes 0.00001. The stored amount is
    -- no substitute: it is rounded so that the day's sum is right, and one fact may move the last digit of another.
    -- Only the rare spellings are parsed, because writing a wide decimal as text is slow.
    (text) -> if(
        match(text, '[eE]|^-0[.0]*$'),
        ifNull(toString(toDecimal256OrNull(text, 38)), text),
        replaceRegexpOne(text, '(\\..*[1-9])0+$|\\.0*$', '\\1')
    ) AS number_in,
    -- Without an API source the hash is as it was before there were any.
    arrayMap(
        (project_id, api_key_id, user_id, line_item, unit, currency, api_source) -> if(
            api_source = '',
            cityHash64(project_id, api_key_id, user_id, line_item, unit, currency),
            cityHash64(project_id, api_key_id, user_id, line_item, unit, currency, api_source)),
        items.project_id, items.api_key_id, items.user_id, items.line_item, items.quantity_unit, items.currency, items.api_source
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
    true AS exact,
    arrayExists(api_source -> api_source != '', items.api_source) AS has_api_source
FROM cost_days
