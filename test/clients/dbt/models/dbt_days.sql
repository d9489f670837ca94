{{ config(materialized='incremental', unique_key='day', order_by='day') }}
SELECT day, sum(amount) AS amount FROM {{ ref('dbt_costs') }} GROUP BY day
