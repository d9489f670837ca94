{{ config(order_by='(day, integration_id)') }}
SELECT
    change.day AS day,
    change.integration_id AS integration_id,
    count() AS restatements,
    max(change.restated_at) AS last_restated_at,
    argMin(change.old_total, change.restated_at) AS first_total,
    argMax(change.new_total, change.restated_at) AS last_total,
    last_total - first_total AS difference
FROM {{ ref('stg_openai__restatements') }} AS change
-- A day that was still going on was expected to change.
WHERE change.was_complete
GROUP BY change.day, change.integration_id
