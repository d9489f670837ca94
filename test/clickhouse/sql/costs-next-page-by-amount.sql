WITH
  facts AS (
    SELECT
      day,
      integration_id,
      user_id,
      amount,
      1 AS facts,
      quantity IS NOT NULL AS measured_facts,
      quantity_unit,
      quantity,
      currency
    FROM cost_days FINAL
    ARRAY JOIN
      items.user_id AS user_id,
      items.amount AS amount,
      items.quantity_unit AS quantity_unit,
      items.quantity AS quantity,
      items.currency AS currency
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
  ),
  groups AS (
    SELECT
      toDate(0) AS period,
      user_id,
      sum(amount) AS group_amount,
      sum(facts) AS group_facts,
      sumIf(measured_facts, length(quantity_unit) BETWEEN 1 AND 32) AS group_measured_facts,
      sum(quantity) AS group_quantity,
      min(reinterpretAsUInt256(quantity_unit)) AS group_least_unit,
      max(reinterpretAsUInt256(quantity_unit)) AS group_greatest_unit,
      min(reinterpretAsUInt64(currency)) AS group_least_currency,
      max(reinterpretAsUInt64(currency)) AS group_greatest_currency
    FROM facts
    GROUP BY period, user_id
  ),
  user_names AS (
    SELECT id, argMaxIf(name, version, name != '') AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'user'
    GROUP BY id
  ),
  page AS (
    SELECT
      coalesce(nullIf(user_names.name, ''), toString(user_id)) AS user_name,
      toBool(tuple(period, -group_amount, user_id) > tuple({after_period: Date}, -{after_value: Decimal(38, 18)}, {after_user_id: String})) AS is_on_page,
      period,
      [user_id] AS keys,
      [user_name] AS names,
      [group_amount] AS group_sums,
      group_facts,
      group_measured_facts,
      group_quantity,
      group_least_unit,
      group_greatest_unit,
      group_least_currency,
      group_greatest_currency,
      [sum(group_amount) OVER ()] AS total_sums,
      min(group_least_currency) OVER () AS total_least_currency,
      max(group_greatest_currency) OVER () AS total_greatest_currency
    FROM groups
    LEFT JOIN user_names ON user_names.id = groups.user_id
    ORDER BY is_on_page DESC, period, -group_amount, user_id
    LIMIT {rows: UInt32}
  ),
  answer AS (
    SELECT
      groupArray(tuple(
        is_on_page, period, keys, names, group_sums, group_facts, group_measured_facts, group_quantity, group_least_unit, group_greatest_unit, group_least_currency, group_greatest_currency
      )) AS rows,
      any(total_sums) AS total_sums,
      any(total_least_currency) AS total_least_currency,
      any(total_greatest_currency) AS total_greatest_currency
    FROM page
  ),
  due AS (
    SELECT groupArray(tuple(integration_id, status, history_from, if(status = 'disconnected', history_to, greatest(history_to, toDate(now('UTC')))) AS due_to)) AS due
    FROM integration_records FINAL
    WHERE tenant_id = {tenant_id: String}
  ),
  read AS (
    SELECT
      integration_id,
      'costs' AS dataset,
      maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
      max(day) + 1 AS read_to,
      groupUniqArrayIf(toUInt16(day), day >= {from: Date} AND day < {to: Date}) AS days
    FROM cost_days FINAL
    WHERE tenant_id = {tenant_id: String}
    GROUP BY integration_id, dataset
  ),
  reads AS (
    SELECT groupArray(tuple(integration_id, dataset, through, read_to, days)) AS reads
    FROM read
  )
SELECT answer.*, due, reads
FROM answer
CROSS JOIN due
CROSS JOIN reads
SETTINGS enable_named_columns_in_function_tuple = 1
