-- OpenAI may send two rows of the same dimensions: both are kept, and the sums count both. So this only warns.
{{ config(severity='warn') }}
{{ openai_rows_that_repeat(source('openai_costs', 'costs'), ['tenant_id', 'integration_id', 'day', 'project_id', 'line_item', 'api_key_id', 'user_id', 'api_source', 'currency', 'quantity_unit', 'extra']) }}
