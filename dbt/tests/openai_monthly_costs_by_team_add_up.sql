{{ openai_totals_that_differ(ref('openai_monthly_costs_by_team'), day='month') }}
