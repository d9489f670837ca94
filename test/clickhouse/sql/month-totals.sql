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
  ),
  costs_of_days AS (
    SELECT day, sum(amount) AS day_amount, groupUniqArray(currency) AS day_currencies
    FROM facts
    GROUP BY day
  )
SELECT
  sumIf(day_amount, day >= {this_month_from: Date} AND day < {this_month_to: Date}) AS this_month,
  sumIf(day_amount, day >= {last_month_from: Date} AND day < {last_month_to: Date}) AS last_month,
  sumIf(day_amount, day >= {month_to_date_from: Date} AND day < {month_to_date_to: Date}) AS month_to_date,
  sumIf(day_amount, day >= {last_month_to_date_from: Date} AND day < {last_month_to_date_to: Date}) AS last_month_to_date,
  month_to_date - last_month_to_date AS change,
  groupUniqArrayArray(day_currencies) AS currencies,
  arraySort(groupArrayIf(tuple(day, day_amount AS amount), day >= {last_month_from: Date})) AS days
FROM costs_of_days
SETTINGS enable_named_columns_in_function_tuple = 1
