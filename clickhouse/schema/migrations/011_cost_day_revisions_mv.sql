CREATE MATERIALIZED VIEW IF NOT EXISTS cost_day_revisions_mv TO cost_day_revisions AS
WITH
    arrayMap(
        (project_id, api_key_id, user_id, line_item, unit, currency) ->
            cityHash64(project_id, api_key_id, user_id, line_item, unit, currency),
        items.project_id, items.api_key_id, items.user_id, items.line_item, items.quantity_unit, items.currency
    ) AS keys,
    arrayMap(
        (key, amount, quantity) -> cityHash64(key, toString(amount), toString(quantity)),
        keys, items.amount, items.quantity_verbatim
    ) AS states
SELECT
    tenant_id, integration_id, day, version,
    arraySum(items.amount) AS total,
    provider_total,
    length(items.line_item) AS items,
    arraySort(keys) AS item_keys,
    arraySort(states) AS item_states
FROM cost_days
