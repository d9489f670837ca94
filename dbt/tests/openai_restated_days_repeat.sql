{{ openai_rows_that_repeat(ref('openai_restated_days'), ['day', 'integration_id']) }}
