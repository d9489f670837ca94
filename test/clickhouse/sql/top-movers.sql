WITH
  moving_facts AS (
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
      AND day >= {previous_from: Date}
      AND day < {to: Date}
      AND (day >= {current_from: Date} AND day < {current_to: Date} OR day >= {previous_from: Date} AND day < {previous_to: Date})
  ),
  movers AS (
    SELECT
      if(grouping(project_id) = 0, 'project_id', 'model') AS dimension,
      if(dimension = 'model', toString(model), toString(project_id)) AS value,
      toString(argMaxIf(project_name, day, project_name != '')) AS billed_name,
      sumIf(amount, day >= {current_from: Date} AND day < {current_to: Date}) AS current_amount,
      sumIf(amount, day >= {previous_from: Date} AND day < {previous_to: Date}) AS previous_amount,
      current_amount - previous_amount AS change
    FROM moving_facts
    GROUP BY GROUPING SETS ((project_id), (model))
    HAVING change != 0
    ORDER BY dimension DESC, abs(change) DESC, value
    LIMIT 5 BY dimension
  ),
  project_names AS (
    SELECT id, argMaxIf(name, version, name != '') AS name
    FROM name_records FINAL
    WHERE tenant_id = {tenant_id: String} AND kind = 'project'
    GROUP BY id
  ),
  named_movers AS (
    SELECT
      dimension,
      value,
      multiIf(
        dimension = 'model', value,
        project_names.name != '', project_names.name,
        billed_name != '', billed_name,
        value) AS name,
      current_amount AS amount,
      previous_amount,
      change
    FROM movers
    LEFT JOIN project_names ON project_names.id = movers.value
  ),
  top_movers AS (
    SELECT
      arraySort(
        mover -> (mover.1 = 'model', -abs(mover.6), mover.2),
        groupArray(tuple(dimension, value, name, amount, previous_amount, change))
      ) AS top_movers
    FROM named_movers
  )
SELECT top_movers
FROM top_movers
SETTINGS enable_named_columns_in_function_tuple = 1
