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
      AND day >= {from: Date}
      AND day < {to: Date}
  ),
  groups AS (
    SELECT
      toDate(0) AS period,
      project_id,
      argMaxIf(project_name, day, project_name != '') AS billed_project_name,
      sum(amount) AS group_amount,
      count() AS fact_count,
      countIf(quantity IS NOT NULL AND length(quantity_unit) BETWEEN 1 AND 32) AS measured_fact_count,
      sum(quantity) AS quantity_sum,
      min(reinterpretAsUInt256(quantity_unit)) AS least_unit,
      max(reinterpretAsUInt256(quantity_unit)) AS greatest_unit,
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
      reinterpretAsString(min(least_currency) OVER ()) AS total_currency,
      toBool(min(least_currency) OVER () != max(greatest_currency) OVER ()) AS total_is_mixed
    FROM groups
  ),
  project_names AS (
    SELECT id, argMax(if(name = '', email, name), version) AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'project'
    GROUP BY id
  ),
  named AS (
    SELECT
      totals.*,
      coalesce(nullIf(project_names.name, ''), nullIf(toString(billed_project_name), ''), toString(project_id)) AS project_name,
      if(count() OVER (PARTITION BY project_name) = 1, project_name, concat(project_name, ' (…', rightUTF8(toString(project_id), 6), ')')) AS label
    FROM totals
    LEFT JOIN project_names ON project_names.id = totals.project_id
  ),
  page AS (
    SELECT
      *,
      true AS is_on_page
    FROM named
    WHERE (positionCaseInsensitiveUTF8(project_id, {search: String}) > 0 OR positionCaseInsensitiveUTF8(project_name, {search: String}) > 0)
    ORDER BY is_on_page DESC, period, -group_amount, project_id
    LIMIT {rows: UInt32}
  )
SELECT
  is_on_page,
  period,
  [project_id] AS keys,
  [project_name] AS names,
  [label] AS labels,
  [group_amount] AS group_sums,
  [total_amount] AS total_sums,
  if(fact_count > 0 AND fact_count = measured_fact_count AND least_unit = greatest_unit, reinterpretAsString(least_unit), NULL) AS group_quantity_unit,
  if(group_quantity_unit IS NULL, NULL, quantity_sum) AS group_quantity,
  toBool(least_currency = greatest_currency) AS group_has_one_currency,
  total_currency,
  total_is_mixed
FROM page
ORDER BY is_on_page DESC, period, -group_amount, project_id
