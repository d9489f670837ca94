{{ openai_rows_that_repeat(source('openai_costs', 'costs'), ['tenant_id', 'integration_id', 'day', 'project_id', 'line_item', 'api_key_id', 'user_id', 'currency', 'quantity_unit', 'extra']) }}
