WITH
  due AS (
    SELECT groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due
    FROM integration_records FINAL
    WHERE tenant_id = {tenant_id: String}
  ),
  read AS (
    SELECT tuple(
      integration_id,
      'costs' AS dataset,
      maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
      groupUniqArrayIf(toUInt16(day), day >= {from: Date}) AS days,
      groupUniqArrayIf(toUInt16(day), day >= {from: Date} AND version < (toUInt64(day) + 1) * 86400000) AS open_days
    ) AS read
    FROM cost_days FINAL
    WHERE tenant_id = {tenant_id: String}
    GROUP BY integration_id, dataset
  ),
  reads AS (
    SELECT groupArray(read) AS reads
    FROM read
  ),
  facts AS (
    SELECT *, integration_id IN (
      SELECT integration_id FROM integration_records FINAL WHERE tenant_id = {tenant_id: String} AND status != 'disconnected') AS is_connected
    FROM (
      SELECT
        day, integration_id, amount, currency, line_item, quantity
      FROM cost_days FINAL
      ARRAY JOIN
        items.amount AS amount,
        items.currency AS currency,
        items.line_item AS line_item,
        items.quantity AS quantity,
        items.model AS model
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
        AND model IN {only_model: Array(String)}
    )
  ),
  charges AS (
    SELECT
      day,
      if(quantity IS NULL, line_item, '') AS unmeasured_item,
      sumIf(amount, amount > 0 AND is_connected) AS charged,
      sum(amount) AS spent,
      groupUniqArrayIf(currency, is_connected OR day >= {earliest: Date}) AS day_currencies
    FROM facts
    GROUP BY day, unmeasured_item
  ),
  charges_in_time AS (
    SELECT
      *,
      countIf(charged > 0) OVER (PARTITION BY unmeasured_item) AS days_billed,
      minIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS first_billed,
      maxIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS last_billed
    FROM charges
  ),
  costs_of_days AS (
    SELECT
      day,
      sumIf(charged, unmeasured_item = '' OR (days_billed >= 3 AND days_billed * 2 > dateDiff('day', first_billed, last_billed) + 1)) AS recurring,
      sum(charges_in_time.spent) AS spent,
      groupUniqArrayArray(charges_in_time.day_currencies) AS day_currencies
    FROM charges_in_time
    GROUP BY day
  ),
  days_of_months AS (
    SELECT *, sum(spent) OVER (PARTITION BY toStartOfMonth(day) ORDER BY day) AS month_spent
    FROM costs_of_days
  ),
  months AS (
    SELECT
      groupUniqArrayArray(day_currencies) AS currencies,
      arraySort(groupArray(tuple(day, spent, recurring, month_spent))) AS days
    FROM days_of_months
  ),
  all_recent_facts AS (
    SELECT
      day, integration_id, api_source, service_tier
    FROM cost_days FINAL
    ARRAY JOIN
      items.api_source AS api_source, items.service_tier AS service_tier
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {priced_from: Date}
      AND day < {to: Date}
  ),
  recent_facts AS (
    SELECT
      day, integration_id, line_item, token_type, unknown_qualifier, amount, api_source, service_tier
    FROM cost_days FINAL
    ARRAY JOIN
      items.line_item AS line_item,
      items.token_type AS token_type,
      items.unknown_qualifier AS unknown_qualifier,
      items.amount AS amount,
      items.api_source AS api_source,
      items.service_tier AS service_tier,
      items.model AS model
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {priced_from: Date}
      AND day < {to: Date}
      AND model IN {only_model: Array(String)}
  ),
  recent_lines AS (
    SELECT
      *
    FROM recent_facts
  ),
  recent_groups AS (
    SELECT
      line_item,
      grouping(line_item) = 0 AS is_line_item,
      sum(abs(amount)) AS group_amount,
      sumIf(abs(amount), token_type = 'other' OR unknown_qualifier != '') AS group_unknown,
      sumIf(abs(amount), token_type = 'other') AS group_unclassified,
      groupUniqArray(toString(api_source)) AS group_sources,
      groupUniqArray(toString(service_tier)) AS group_tiers
    FROM recent_lines
    GROUP BY GROUPING SETS ((line_item))
  ),
  recent AS (
    SELECT
      sumIf(group_unknown, is_line_item) AS unknown_amount,
      sumIf(group_unclassified, is_line_item) AS unclassified_amount,
      sumIf(group_amount, is_line_item) AS all_amount,
      arrayMap(
        line -> toString(line.2),
        arraySlice(
          arraySort(groupArrayIf((-group_unknown, line_item), is_line_item AND group_unknown > 0)),
          1,
          10
        )
      ) AS line_items,
      (SELECT arraySort(groupUniqArray(toString(api_source))) FROM all_recent_facts) AS api_sources,
      (SELECT arraySort(groupUniqArray(toString(service_tier))) FROM all_recent_facts) AS service_tiers
    FROM recent_groups
  )
SELECT
  due, reads,
  currencies, days,
  unknown_amount, unclassified_amount, all_amount, line_items, api_sources, service_tiers
FROM due
CROSS JOIN reads
CROSS JOIN months
CROSS JOIN recent
SETTINGS enable_named_columns_in_function_tuple = 1
