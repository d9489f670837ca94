WITH
  connected AS (
    SELECT integration_id, greatest(history_from, {from: Date}) AS first_day
    FROM integration_records FINAL
    WHERE tenant_id = {tenant_id: String} AND status != 'disconnected'
  ),
  due AS (
    SELECT integration_id, first_day + arrayJoin(range(toUInt64(greatest(0, dateDiff('day', first_day, {to: Date}))))) AS day
    FROM connected
  ),
  read AS (
    SELECT integration_id, day, toBool(version >= (toUInt64(day) + 1) * 86400000) AS complete
    FROM day_reads FINAL
    WHERE tenant_id = {tenant_id: String} AND dataset = 'costs'
  ),
  days AS (
    SELECT day, min(read.complete) AS complete
    FROM due
    LEFT JOIN read USING (integration_id, day)
    GROUP BY day
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
      AND integration_id IN (SELECT integration_id FROM connected)
  ),
  charges AS (
    SELECT
      day,
      if(quantity IS NULL, line_item, '') AS unmeasured_item,
      sumIf(amount, amount > 0) AS charged,
      groupUniqArray(currency) AS currencies
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
    SELECT day, sumIf(charged, unmeasured_item = '' OR (days_billed >= 3 AND days_billed * 2 > dateDiff('day', first_billed, last_billed) + 1)) AS amount, groupUniqArrayArray(currencies) AS currencies
    FROM charges_in_time
    GROUP BY day
  )
SELECT day, amount, toBool(complete) AS complete, currencies
FROM days
LEFT JOIN costs_of_days USING (day)
ORDER BY day
