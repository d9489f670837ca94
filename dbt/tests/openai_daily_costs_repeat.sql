{{ openai_rows_that_repeat(ref('openai_daily_costs'), ['day', 'integration_id', 'project_id', 'service', 'model', 'api_key_id', 'currency']) }}
