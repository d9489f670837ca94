SELECT integration_id, day, restated_at, old_total, new_total, difference, items_added, items_removed, items_changed, was_complete
FROM {{ source('openai_costs', 'restatements') }}
WHERE tenant_id = '{{ var("openai_tenant") }}'
