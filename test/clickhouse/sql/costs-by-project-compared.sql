WITH
  facts AS (
    SELECT
      day, integration_id, project_id, project_name, amount, quantity, quantity_unit, currency
    FROM cost_days FINAL
    ARRAY JOIN
      items.project_id AS project_id,
      items.project_name AS project_name,
      items.amount AS amount,
      items.quantity AS quantity,
      items.quantity_unit AS quantity_unit,
      items.currency AS currency
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
      countIf(day >= {from: Date}) AS fact_count,
      countIf(day >= {from: Date} AND quantity IS NOT NULL AND length(quantity_unit) BETWEEN 1 AND 32) AS measured_fact_count,
      sumIf(quantity, day >= {from: Date}) AS quantity_sum,
      minIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS least_unit,
      maxIf(reinterpretAsUInt256(quantity_unit), day >= {from: Date}) AS greatest_unit,
      min(reinterpretAsUInt64(currency)) AS least_currency,
      max(reinterpretAsUInt64(currency)) AS greatest_currency
    FROM facts
    GROUP BY period, project_id
    HAVING count() > 0
  ),
  totals AS (
    SELECT
      *,
      sum(group_amount) OVER () AS total_amount,
      sum(previous_amount) OVER () AS previous_total_amount,
      reinterpretAsString(min(least_currency) OVER ()) AS total_currency,
      toBool(min(least_currency) OVER () != max(greatest_currency) OVER ()) AS total_is_mixed
    FROM groups
  ),
  page AS (
    SELECT
      *,
      true AS is_on_page
    FROM totals
    ORDER BY is_on_page DESC, period, -group_amount, project_id
    LIMIT {rows: UInt32}
  ),
  project_names AS (
    SELECT id, argMax(if(name = '', email, name), version) AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'project'
    GROUP BY id
  ),
  named AS (
    SELECT
      page.*,
      coalesce(nullIf(project_names.name, ''), nullIf(toString(billed_project_name), ''), toString(project_id)) AS project_name
    FROM page
    LEFT JOIN project_names ON project_names.id = page.project_id
  )
SELECT
  is_on_page,
  period,
  [project_id] AS keys,
  [project_name] AS names,
  [group_amount] AS group_sums,
  [total_amount] AS total_sums,
  [previous_amount] AS previous_sums,
  [previous_total_amount] AS previous_total_sums,
  [group_amount - previous_amount] AS changes,
  [total_amount - previous_total_amount] AS total_changes,
  if(fact_count > 0 AND fact_count = measured_fact_count AND least_unit = greatest_unit, reinterpretAsString(least_unit), NULL) AS group_quantity_unit,
  if(group_quantity_unit IS NULL, NULL, quantity_sum) AS group_quantity,
  toBool(least_currency = greatest_currency) AS group_has_one_currency,
  total_currency,
  total_is_mixed
FROM named
ORDER BY is_on_page DESC, period, -group_amount, project_id
