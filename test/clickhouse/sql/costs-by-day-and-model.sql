(
  WITH
    groups AS (
      SELECT
        grouping(period) AS is_total,
        day AS period,
        model,
        sum(amount) AS group_amount,
        sum(facts - measured_facts) AS group_unmeasured_facts,
        sum(quantity) AS group_quantity,
        min(reinterpretAsUInt256(quantity_unit)) AS group_least_unit,
        max(reinterpretAsUInt256(quantity_unit)) AS group_greatest_unit,
        min(reinterpretAsUInt64(currency)) AS group_least_currency,
        max(reinterpretAsUInt64(currency)) AS group_greatest_currency
      FROM cost_days FINAL
      ARRAY JOIN
        by_model.model AS model,
        by_model.amount AS amount,
        by_model.facts AS facts,
        by_model.measured_facts AS measured_facts,
        by_model.quantity AS quantity,
        by_model.quantity_unit AS quantity_unit,
        by_model.currency AS currency
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
      GROUP BY GROUPING SETS ((period, model), ())
    ),
    page AS (
      SELECT tuple(
          true AS is_on_page,
          period,
          [model] AS keys,
          [model] AS names,
          [group_amount] AS group_sums,
          group_unmeasured_facts,
          group_quantity,
          group_least_unit,
          group_greatest_unit,
          group_least_currency,
          group_greatest_currency
        ) AS row
      FROM groups
      ORDER BY is_total DESC, is_on_page DESC, period, -group_amount, model
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
