{{ config(materialized='table', order_by='day') }}
SELECT day, project_id, sum(amount) AS amount
FROM default.costs
WHERE tenant_id = 'local' AND day >= '{{ env_var("FROM") }}' AND day < '{{ env_var("TO") }}'
GROUP BY day, project_id
