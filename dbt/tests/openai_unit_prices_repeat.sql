{{ openai_rows_that_repeat(ref('openai_unit_prices'), ['day', 'integration_id', 'service', 'product', 'token_type', 'modality', 'service_tier', 'surface', 'long_context', 'unit', 'currency']) }}
