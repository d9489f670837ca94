{{ openai_totals_that_differ(ref('openai_costs_per_thousand_tokens')) }}
