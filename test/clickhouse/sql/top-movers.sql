WITH
  facts AS (
    SELECT
      day, integration_id, amount, project_id, project_name, model
    FROM cost_days FINAL
    ARRAY JOIN
      items.amount AS amount,
      items.project_id AS project_id,
      items.project_name AS project_name,
      items.model AS model
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND (day >= {current_from: Date} OR day < {previous_to: Date})
  ),
  movers AS (
    SELECT
      if(grouping(model) = 0, 'model', 'project_id') AS dimension,
      toString(if(dimension = 'model', model, project_id)) AS value,
      toString(argMaxIf(project_name, day, project_name != '')) AS billed_name,
      sumIf(amount, day >= {current_from: Date}) AS current_amount,
      sumIf(amount, day < {previous_to: Date}) AS previous_amount,
      current_amount - previous_amount AS change
    FROM facts
    GROUP BY GROUPING SETS ((project_id), (model))
    HAVING change != 0
    ORDER BY abs(change) DESC, value
    LIMIT 5 BY dimension
  ),
  project_names AS (
    SELECT id, argMax(if(name = '', email, name), version) AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'project'
    GROUP BY id
  )
SELECT dimension, value, multiIf(
    dimension = 'model', value,
    project_names.name != '', project_names.name,
    billed_name != '', billed_name,
    value) AS name, current_amount AS amount, previous_amount, change
FROM movers
LEFT JOIN project_names ON project_names.id = movers.value
ORDER BY dimension DESC, abs(change) DESC, value
