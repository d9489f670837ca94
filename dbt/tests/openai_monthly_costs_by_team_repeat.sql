{{ openai_rows_that_repeat(ref('openai_monthly_costs_by_team'), ['month', 'team', 'currency']) }}
