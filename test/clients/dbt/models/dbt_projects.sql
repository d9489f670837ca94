{{ config(materialized='view') }}
SELECT project_id, sum(amount) AS amount FROM {{ ref('dbt_costs') }} GROUP BY project_id
