WITH
  projects AS (
    SELECT
      day, integration_id, amount, project_id, project_name
    FROM cost_days FINAL
    ARRAY JOIN
      by_project.amount AS amount,
      by_project.project_id AS project_id,
      by_project.project_name AS project_name
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND (day >= {current_from: Date} OR day < {previous_to: Date})
  ),
  models AS (
    SELECT
      day, integration_id, amount, model
    FROM cost_days FINAL
    ARRAY JOIN
      by_model.amount AS amount, by_model.model AS model
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
      AND (day >= {current_from: Date} OR day < {previous_to: Date})
  ),
  movers AS (
    SELECT
      'project_id' AS dimension,
      toString(project_id) AS value,
      toString(argMaxIf(project_name, day, project_name != '')) AS billed_name,
      sumIf(amount, day >= {current_from: Date}) AS current_amount,
      sumIf(amount, day < {previous_to: Date}) AS previous_amount,
      current_amount - previous_amount AS change
    FROM projects
    GROUP BY project_id
    HAVING change != 0
    ORDER BY abs(change) DESC, value
    LIMIT 5
    UNION ALL
    SELECT
      'model' AS dimension,
      toString(model) AS value,
      toString('') AS billed_name,
      sumIf(amount, day >= {current_from: Date}) AS current_amount,
      sumIf(amount, day < {previous_to: Date}) AS previous_amount,
      current_amount - previous_amount AS change
    FROM models
    GROUP BY model
    HAVING change != 0
    ORDER BY abs(change) DESC, value
    LIMIT 5
  ),
  project_names AS (
    SELECT id, argMaxIf(name, version, name != '') AS name
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
