{# The days and currencies on which a mart's amounts do not add up to the costs, in any digit. #}
{% macro openai_totals_that_differ(relation, day='day') %}
SELECT day, currency, sum(ours) AS mart, sum(theirs) AS costs
FROM (
    SELECT {{ day }} AS day, currency, amount AS ours, 0::Decimal(38, 18) AS theirs FROM {{ relation }}
    UNION ALL
    SELECT {{ 'toStartOfMonth(day)' if day == 'month' else 'day' }} AS day, currency, 0::Decimal(38, 18), amount
    FROM {{ ref('stg_openai__costs') }}
)
GROUP BY day, currency
HAVING mart != costs
{% endmacro %}
