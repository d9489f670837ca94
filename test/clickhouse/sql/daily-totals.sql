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
    SELECT integration_id, day, complete
    FROM coverage
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
      day, integration_id, amount, currency
    FROM cost_days FINAL
    ARRAY JOIN
      items.amount AS amount, items.currency AS currency
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND integration_id IN (SELECT integration_id FROM connected)
  ),
  costs_of_days AS (
    SELECT day, sum(amount) AS amount, groupUniqArray(currency) AS currencies
    FROM facts
    GROUP BY day
  )
SELECT day, amount, toBool(complete) AS complete, currencies
FROM days
LEFT JOIN costs_of_days USING (day)
ORDER BY day
