{{ openai_rows_that_repeat(source('openai_costs', 'coverage'), ['tenant_id', 'integration_id', 'dataset', 'day']) }}
