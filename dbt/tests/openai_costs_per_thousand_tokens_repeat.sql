{{ openai_rows_that_repeat(ref('openai_costs_per_thousand_tokens'), ['day', 'integration_id', 'model', 'token_type', 'currency']) }}
