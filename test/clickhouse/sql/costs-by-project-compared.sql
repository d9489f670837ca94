WITH
  facts AS (
    SELECT
      day,
      integration_id,
      project_id,
      project_name,
      amount,
      facts,
      measured_facts,
      quantity_unit,
      quantity,
      currency
    FROM cost_days FINAL
    ARRAY JOIN
      by_project.project_id AS project_id,
      by_project.project_name AS project_name,
      by_project.amount AS amount,
      by_project.facts AS facts,
      by_project.measured_facts AS measured_facts,
      by_project.quantity_unit AS quantity_unit,
      by_project.quantity AS quantity,
      by_project.currency AS currency
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {previous_from: Date}
      AND day < {to: Date}
  ),
  groups AS (
    SELECT
      toDate(0) AS period,
      project_id,
      argMaxIf(project_name, day, project_name != '') AS billed_project_name,
      sumIf(amount, day >= {from: Date}) AS group_amount,
      sumIf(amount, day < {from: Date}) AS previous_amount,
      sumIf(facts, day >= {from: Date}) AS fact_count,
      sumIf(measured_facts, day >= {from: Date} AND length(quantity_unit) BETWEEN 1 AND 32) AS measured_fact_count,
      sumIf(quantity, day >= {from: Date}) AS quantity_sum,
      minIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS least_unit,
      maxIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS greatest_unit,
      min(reinterpretAsUInt64(currency)) AS least_currency,
      max(reinterpretAsUInt64(currency)) AS greatest_currency
    FROM facts
    GROUP BY period, project_id
    HAVING count() > 0
  ),
  project_names AS (
    SELECT id, argMaxIf(name, version, name != '') AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'project'
    GROUP BY id
  ),
  page AS (
    SELECT
      coalesce(nullIf(project_names.name, ''), nullIf(toString(billed_project_name), ''), toString(project_id)) AS project_name,
      true AS is_on_page,
      period,
      [project_id] AS keys,
      [project_name] AS names,
      [group_amount] AS group_sums,
      [sum(group_amount) OVER ()] AS total_sums,
      [previous_amount] AS previous_sums,
      [sum(previous_amount) OVER ()] AS previous_total_sums,
      [group_amount - previous_amount] AS changes,
      [sum(group_amount) OVER () - sum(previous_amount) OVER ()] AS total_changes,
      if(fact_count > 0 AND fact_count = measured_fact_count AND least_unit = greatest_unit, reinterpretAsString(least_unit), NULL) AS group_quantity_unit,
      if(group_quantity_unit IS NULL, NULL, quantity_sum) AS group_quantity,
      toBool(least_currency = greatest_currency) AS group_has_one_currency,
      reinterpretAsString(min(least_currency) OVER ()) AS total_currency,
      toBool(min(least_currency) OVER () != max(greatest_currency) OVER ()) AS total_is_mixed
    FROM groups
    LEFT JOIN project_names ON project_names.id = groups.project_id
    ORDER BY is_on_page DESC, period, -group_amount, project_id
    LIMIT {rows: UInt32}
  ),
  answer AS (
    SELECT
      groupArray(tuple(
        is_on_page, period, keys, names, group_sums, total_sums, previous_sums, previous_total_sums, changes, total_changes, group_quantity_unit, group_quantity, group_has_one_currency, total_currency, total_is_mixed
      )) AS rows
    FROM page
  ),
  due AS (
    SELECT
      integration_id, status != 'disconnected' AS is_connected, history_from, if(status = 'disconnected', history_to, greatest(history_to, toDate(now('UTC')))) AS due_to
    FROM integration_records FINAL
    WHERE tenant_id = {tenant_id: String}
  ),
  stored AS (
    SELECT integration_id, dataset::String AS dataset, day, version
    FROM day_reads FINAL
    WHERE tenant_id = {tenant_id: String} AND dataset = 'costs'
    UNION ALL
    SELECT integration_id, 'costs' AS dataset, day, version
    FROM cost_days FINAL
    WHERE tenant_id = {tenant_id: String} AND day >= {previous_from: Date} AND day < {to: Date}
  ),
  read AS (
    SELECT
      integration_id,
      dataset,
      maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
      max(day) + 1 AS read_to,
      groupUniqArrayIf(day, day >= {previous_from: Date} AND day < {to: Date}) AS days
    FROM stored
    GROUP BY integration_id, dataset
  ),
  expected AS (
    SELECT integration_id, is_connected, history_from, through, days, greatest(due_to, read_to) AS end
    FROM due
    LEFT JOIN read USING (integration_id)
  ),
  freshness AS (
    SELECT
      nullIf(if(countIf(is_connected) > 0, minIf(through, is_connected), min(through)), toDate(0)) AS synced_through,
      arraySort(groupUniqArrayArray(arrayFilter(
        day -> NOT has(days, day),
        arrayMap(offset -> greatest(history_from, {from: Date}) + offset, range(toUInt64(greatest(0, dateDiff('day', greatest(history_from, {from: Date}), least(end, {to: Date}))))))
      ))) AS missing_days,
      arraySort(groupUniqArrayArray(arrayFilter(
        day -> NOT has(days, day),
        arrayMap(offset -> if(history_from < {to: Date}, {previous_from: Date}, greatest(history_from, {previous_from: Date})) + offset, range(toUInt64(greatest(0, dateDiff('day', if(history_from < {to: Date}, {previous_from: Date}, greatest(history_from, {previous_from: Date})), least(end, {from: Date}))))))
      ))) AS missing_before,
      nullIf(min(history_from), toDate(0)) AS history_start,
      toUInt32(uniqExact(integration_id)) AS integrations_found
    FROM expected
  )
SELECT rows, freshness.*
FROM answer
CROSS JOIN freshness
SETTINGS enable_named_columns_in_function_tuple = 1
