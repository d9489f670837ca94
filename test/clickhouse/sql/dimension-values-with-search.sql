(
  WITH
    groups AS (
      SELECT
        grouping(project_id) AS is_total,
        materialize(toDate(0)) AS period,
        project_id,
        argMaxIf(project_name, day, project_name != '') AS billed_project_name,
        sum(amount) AS group_amount,
        sum(facts - measured_facts) AS group_unmeasured_facts,
        sum(quantity) AS group_quantity,
        min(reinterpretAsUInt256(quantity_unit)) AS group_least_unit,
        max(reinterpretAsUInt256(quantity_unit)) AS group_greatest_unit,
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
        AND day >= {from: Date}
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
          toBool((positionCaseInsensitiveUTF8(project_id, {search: String}) > 0 OR positionCaseInsensitiveUTF8(project_name, {search: String}) > 0)) AS is_on_page,
          period,
          [project_id] AS keys,
          [coalesce(nullIf(project_names.name, ''), nullIf(toString(billed_project_name), ''), toString(project_id)) AS project_name] AS names,
          [if(count() OVER (PARTITION BY is_total, project_name) = 1, project_name, concat(project_name, ' (…', rightUTF8(toString(project_id), 6), ')'))] AS labels,
          [group_amount] AS group_sums,
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
    groupUniqArrayIf(toUInt16(day), day >= {from: Date}) AS days
  ) AS read
  FROM cost_days FINAL
  WHERE tenant_id = {tenant_id: String}
  GROUP BY integration_id, dataset
)
SETTINGS enable_named_columns_in_function_tuple = 1
