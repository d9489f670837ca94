(
  WITH
    groups AS (
      SELECT
        grouping(period) AS is_total,
        toStartOfWeek(day, 1) AS period,
        sum(amount) AS group_amount,
        sum(facts - measured_facts) AS group_unmeasured_facts,
        sum(quantity) AS group_quantity,
        min(reinterpretAsUInt256(quantity_unit)) AS group_least_unit,
        max(reinterpretAsUInt256(quantity_unit)) AS group_greatest_unit,
        min(reinterpretAsUInt64(currency)) AS group_least_currency,
        max(reinterpretAsUInt64(currency)) AS group_greatest_currency
      FROM cost_days FINAL
      ARRAY JOIN
        by_project.amount AS amount,
        by_project.facts AS facts,
        by_project.measured_facts AS measured_facts,
        by_project.quantity AS quantity,
        by_project.quantity_unit AS quantity_unit,
        by_project.currency AS currency,
        by_project.project_id AS project_id
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
        AND project_id IN {only_project_id: Array(String)}
        AND integration_id IN {only_integration_id: Array(String)}
      GROUP BY GROUPING SETS ((period), ())
      HAVING count() > 0
    ),
    page AS (
      SELECT tuple(
          true AS is_on_page,
          period,
          [] AS keys,
          [] AS names,
          [group_amount] AS group_sums,
          group_unmeasured_facts,
          group_quantity,
          group_least_unit,
          group_greatest_unit,
          group_least_currency,
          group_greatest_currency
        ) AS row
      FROM groups
      ORDER BY is_total DESC, is_on_page DESC, period, -group_amount
      LIMIT {rows: UInt32}
    )
  SELECT toJSONString(tuple(groupArray(row) AS rows)) AS part
  FROM page
)
UNION ALL
SELECT toJSONString(tuple(groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due)) AS part
FROM integration_records FINAL
WHERE tenant_id = {tenant_id: String} AND integration_id IN {only_integration_id: Array(String)}
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
  WHERE tenant_id = {tenant_id: String} AND integration_id IN {only_integration_id: Array(String)}
  GROUP BY integration_id, dataset
)
SETTINGS enable_named_columns_in_function_tuple = 1
