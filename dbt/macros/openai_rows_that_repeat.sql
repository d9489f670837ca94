{# The values of these columns that more than one row of a relation has: none, if they tell its rows apart. #}
{% macro openai_rows_that_repeat(relation, columns) %}
SELECT {{ columns | join(', ') }}, count() AS times
FROM {{ relation }}
GROUP BY {{ columns | join(', ') }}
HAVING times > 1
{% endmacro %}
