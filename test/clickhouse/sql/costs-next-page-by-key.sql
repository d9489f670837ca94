WITH
  facts AS (
    SELECT
      day,
      integration_id,
      model,
      project_id,
      project_name,
      amount,
      1 AS facts,
      quantity IS NOT NULL AS measured_facts,
      quantity_unit,
      quantity,
      currency
    FROM cost_days FINAL
    ARRAY JOIN
      items.model AS model,
      items.project_id AS project_id,
      items.project_name AS project_name,
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
      model,
      project_id,
      argMaxIf(project_name, day, project_name != '') AS billed_project_name,
      sum(amount) AS group_amount,
      sum(facts) AS fact_count,
      sumIf(measured_facts, length(quantity_unit) BETWEEN 1 AND 32) AS measured_fact_count,
      sum(quantity) AS quantity_sum,
      min(reinterpretAsUInt256(quantity_unit)) AS least_unit,
      max(reinterpretAsUInt256(quantity_unit)) AS greatest_unit,
      min(reinterpretAsUInt64(currency)) AS least_currency,
      max(reinterpretAsUInt64(currency)) AS greatest_currency
    FROM facts
    GROUP BY period, model, project_id
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
      toBool(tuple(period, model, project_id) > tuple({after_period: Date}, {after_model: String}, {after_project_id: String})) AS is_on_page,
      period,
      [model, project_id] AS keys,
      [model, project_name] AS names,
      [group_amount] AS group_sums,
      [sum(group_amount) OVER ()] AS total_sums,
      if(fact_count > 0 AND fact_count = measured_fact_count AND least_unit = greatest_unit, reinterpretAsString(least_unit), NULL) AS group_quantity_unit,
      if(group_quantity_unit IS NULL, NULL, quantity_sum) AS group_quantity,
      toBool(least_currency = greatest_currency) AS group_has_one_currency,
      reinterpretAsString(min(least_currency) OVER ()) AS total_currency,
      toBool(min(least_currency) OVER () != max(greatest_currency) OVER ()) AS total_is_mixed
    FROM groups
    LEFT JOIN project_names ON project_names.id = groups.project_id
    ORDER BY is_on_page DESC, period, model, project_id
    LIMIT {rows: UInt32}
  ),
  answer AS (
    SELECT
      groupArray(tuple(
        is_on_page, period, keys, names, group_sums, total_sums, group_quantity_unit, group_quantity, group_has_one_currency, total_currency, total_is_mixed
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
    WHERE tenant_id = {tenant_id: String} AND day >= {from: Date} AND day < {to: Date}
  ),
  read AS (
    SELECT
      integration_id,
      dataset,
      maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
      max(day) + 1 AS read_to,
      groupUniqArrayIf(day, day >= {from: Date} AND day < {to: Date}) AS days
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
      []::Array(Date) AS missing_before,
      nullIf(min(history_from), toDate(0)) AS history_start,
      toUInt32(uniqExact(integration_id)) AS integrations_found
    FROM expected
  )
SELECT rows, freshness.*
FROM answer
CROSS JOIN freshness
SETTINGS enable_named_columns_in_function_tuple = 1
