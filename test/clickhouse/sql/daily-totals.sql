WITH
  due AS (
    SELECT groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due
    FROM integration_records FINAL
    WHERE tenant_id = {tenant_id: String}
  ),
  read AS (
    SELECT tuple(
      integration_id,
      'costs' AS dataset,
      maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
      groupUniqArrayIf(toUInt16(day), day >= {from: Date}) AS days,
      groupUniqArrayIf(toUInt16(day), day >= {from: Date} AND version < (toUInt64(day) + 1) * 86400000) AS open_days
    ) AS read
    FROM cost_days FINAL
    WHERE tenant_id = {tenant_id: String}
    GROUP BY integration_id, dataset
  ),
  reads AS (
    SELECT groupArray(read) AS reads
    FROM read
  ),
  facts AS (
    SELECT
      day, integration_id, amount, currency, line_item, quantity
    FROM cost_days FINAL
    ARRAY JOIN
      items.amount AS amount,
      items.currency AS currency,
      items.line_item AS line_item,
      items.quantity AS quantity
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND integration_id IN (
        SELECT integration_id FROM integration_records FINAL WHERE tenant_id = {tenant_id: String} AND status != 'disconnected')
  ),
  charges AS (
    SELECT
      day,
      if(quantity IS NULL, line_item, '') AS unmeasured_item,
      sumIf(amount, amount > 0 AND true) AS charged
    FROM facts
    GROUP BY day, unmeasured_item
  ),
  charges_in_time AS (
    SELECT
      *,
      countIf(charged > 0) OVER (PARTITION BY unmeasured_item) AS days_billed,
      minIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS first_billed,
      maxIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS last_billed
    FROM charges
  ),
  costs_of_days AS (
    SELECT
      day,
      sumIf(charged, unmeasured_item = '' OR (days_billed >= 3 AND days_billed * 2 > dateDiff('day', first_billed, last_billed) + 1)) AS recurring
    FROM charges_in_time
    GROUP BY day
  ),
  costs AS (
    SELECT groupArray(tuple(day, recurring)) AS costs
    FROM costs_of_days
  )
SELECT due, reads, costs
FROM due
CROSS JOIN reads
CROSS JOIN costs
SETTINGS enable_named_columns_in_function_tuple = 1
