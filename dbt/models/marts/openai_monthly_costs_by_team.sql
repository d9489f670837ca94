{{ config(order_by='(month, team, currency)') }}
SELECT
    toStartOfMonth(cost.day) AS month,
    coalesce(nullIf(teams.team, ''), 'No team') AS team,
    cost.currency AS currency,
    sum(cost.amount) AS amount,
    uniqExactIf(cost.project_id, cost.project_id != '') AS projects
FROM {{ ref('openai_daily_costs') }} AS cost
LEFT JOIN {{ ref(var('openai_project_teams')) }} AS teams ON teams.project_id = cost.project_id
GROUP BY month, team, currency
