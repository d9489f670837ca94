WITH
  facts AS (
    SELECT
      day, integration_id, amount, currency
    FROM cost_days FINAL
    ARRAY JOIN
      by_model.amount AS amount, by_model.currency AS currency, by_model.model AS model
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND model IN {only_model: Array(String)}
  )
SELECT
  sumIf(amount, day >= {this_month_from: Date} AND day < {this_month_to: Date}) AS this_month,
  sumIf(amount, day >= {last_month_from: Date} AND day < {last_month_to: Date}) AS last_month,
  sumIf(amount, day >= {month_to_date_from: Date} AND day < {month_to_date_to: Date}) AS month_to_date,
  sumIf(amount, day >= {last_month_to_date_from: Date} AND day < {last_month_to_date_to: Date}) AS last_month_to_date,
  month_to_date - last_month_to_date AS change,
  groupUniqArray(currency) AS currencies
FROM facts
