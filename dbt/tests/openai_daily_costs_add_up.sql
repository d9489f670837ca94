{{ openai_totals_that_differ(ref('openai_daily_costs')) }}
