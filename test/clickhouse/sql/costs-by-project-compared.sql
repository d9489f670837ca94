(
  WITH
    groups AS (
      SELECT
        grouping(project_id) AS is_total,
        materialize(toDate(0)) AS period,
        project_id,
        argMaxIf(project_name, day, project_name != '') AS billed_project_name,
        sumIf(amount, day >= {from: Date}) AS group_amount,
        sumIf(amount, day < {from: Date}) AS previous_amount,
        sumIf(facts - measured_facts, day >= {from: Date}) AS group_unmeasured_facts,
        sumIf(quantity, day >= {from: Date}) AS group_quantity,
        minIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS group_least_unit,
        maxIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS group_greatest_unit,
        min(reinterpretAsUInt64(currency)) AS group_least_currency,
        max(reinterpretAsUInt64(currency)) AS group_greatest_currency
      FROM cost_days FINAL
      ARRAY JOIN
        by_project.project_id AS project_id,
        by_project.project_name AS project_name,
        by_project.amount AS amount,
        by_project.facts AS facts,
        by_project.measured_facts AS measured_facts,
        by_project.quantity AS quantity,
        by_project.quantity_unit AS quantity_unit,
        by_project.currency AS currency
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {previous_from: Date}
        AND day < {to: Date}
      GROUP BY GROUPING SETS ((project_id), ())
    ),
    project_names AS (
      SELECT id, argMaxIf(name, version, name != '') AS name
      FROM name_records FINAL
      WHERE tenant_id = {tenant_id: String} AND kind = 'project'
      GROUP BY id
    ),
    page AS (
      SELECT tuple(
          true AS is_on_page,
          period,
          [project_id] AS keys,
          [coalesce(nullIf(project_names.name, ''), nullIf(toString(billed_project_name), ''), toString(project_id)) AS project_name] AS names,
          [group_amount] AS group_sums,
          [previous_amount] AS previous_sums,
          [group_amount - previous_amount] AS changes,
          group_unmeasured_facts,
          group_quantity,
          group_least_unit,
          group_greatest_unit,
          group_least_currency,
          group_greatest_currency
        ) AS row
      FROM groups
      LEFT JOIN project_names ON project_names.id = groups.project_id
      ORDER BY is_total DESC, is_on_page DESC, period, -group_amount, project_id
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
    groupUniqArrayIf(toUInt16(day), day >= {previous_from: Date}) AS days
  ) AS read
  FROM cost_days FINAL
  WHERE tenant_id = {tenant_id: String}
  GROUP BY integration_id, dataset
)
SETTINGS enable_named_columns_in_function_tuple = 1
