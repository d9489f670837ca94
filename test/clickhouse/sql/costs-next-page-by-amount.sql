(
  WITH
    groups AS (
      WITH 1 AS facts, quantity IS NOT NULL AS measured_facts
      SELECT
        grouping(user_id) AS is_total,
        materialize(toDate(0)) AS period,
        user_id,
        sum(amount) AS group_amount,
        sum(facts - measured_facts) AS group_unmeasured_facts,
        sum(quantity) AS group_quantity,
        min(reinterpretAsUInt256(quantity_unit)) AS group_least_unit,
        max(reinterpretAsUInt256(quantity_unit)) AS group_greatest_unit,
        min(reinterpretAsUInt64(currency)) AS group_least_currency,
        max(reinterpretAsUInt64(currency)) AS group_greatest_currency
      FROM cost_days FINAL
      ARRAY JOIN
        items.user_id AS user_id,
        items.amount AS amount,
        items.quantity AS quantity,
        items.quantity_unit AS quantity_unit,
        items.currency AS currency
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
      GROUP BY GROUPING SETS ((user_id), ())
    ),
    user_names AS (
      SELECT id, argMaxIf(name, version, name != '') AS name
      FROM name_records FINAL
      WHERE tenant_id = {tenant_id: String} AND kind = 'user'
      GROUP BY id
    ),
    page AS (
      SELECT tuple(
          toBool(tuple(period, -group_amount, user_id) > tuple({after_period: Date}, -{after_value: Decimal(38, 18)}, {after_user_id: String})) AS is_on_page,
          period,
          [user_id] AS keys,
          [coalesce(nullIf(user_names.name, ''), toString(user_id)) AS user_name] AS names,
          [group_amount] AS group_sums,
          group_unmeasured_facts,
          group_quantity,
          group_least_unit,
          group_greatest_unit,
          group_least_currency,
          group_greatest_currency
        ) AS row
      FROM groups
      LEFT JOIN user_names ON user_names.id = groups.user_id
      ORDER BY is_total DESC, is_on_page DESC, period, -group_amount, user_id
      LIMIT {rows: UInt32}
    )
  SELECT toJSONString(tuple(groupArray(row) AS rows)) AS part
  FROM page
)
UNION ALL
SELECT toJSONString(tuple(groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due)) AS part
FROM integration_records FINAL
WHERE tenant_id = {tenant_id: String}
UNION ALL
SELECT toJSONString(tuple(groupArray(read) AS reads)) AS part
FROM (
  SELECT tuple(
    integration_id,
    'costs' AS dataset,
    maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
    groupUniqArrayIf(toUInt16(day), day >= {from: Date}) AS days
  ) AS read
  FROM cost_days FINAL
  WHERE tenant_id = {tenant_id: String}
  GROUP BY integration_id, dataset
)
SETTINGS enable_named_columns_in_function_tuple = 1
