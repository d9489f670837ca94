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
        items.quantity AS quantity
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
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
  recent_facts AS (
    SELECT
      day,
      integration_id,
      line_item,
      token_type,
      unknown_qualifier,
      amount,
      api_source,
      service_tier,
      model,
      modality,
      qualifier,
      quantity,
      quantity_unit
    FROM cost_days FINAL
    ARRAY JOIN
      items.line_item AS line_item,
      items.token_type AS token_type,
      items.unknown_qualifier AS unknown_qualifier,
      items.amount AS amount,
      items.api_source AS api_source,
      items.service_tier AS service_tier,
      items.model AS model,
      items.modality AS modality,
      items.qualifier AS qualifier,
      items.quantity AS quantity,
      items.quantity_unit AS quantity_unit
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {priced_from: Date}
      AND day < {to: Date}
  ),
  recent_lines AS (
    SELECT
      *,
      transform(
        quantity_unit,
        ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
        ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
        ''
      ) AS unit,
      transform(quantity_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS base_units,
      unit != '' AND amount > 0 AND ifNull(quantity, 0) > 0 AND model != '' AS has_price
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
      groupUniqArray(toString(service_tier)) AS group_tiers,
      model, token_type, modality, service_tier, qualifier, unit,
      sumIf(amount, has_price) AS priced_amount,
      sumIf(ifNull(quantity, 0)::Decimal(76, 18) * base_units, has_price) AS priced_quantity,
      transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS priced_units,
      if(priced_quantity = 0, 0, priced_amount::Decimal(76, 18) * priced_units / priced_quantity) AS price
    FROM recent_lines
    GROUP BY GROUPING SETS ((line_item), (model, token_type, modality, service_tier, qualifier, unit))
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
      arraySort(groupUniqArrayArrayIf(group_sources, is_line_item)) AS api_sources,
      arraySort(groupUniqArrayArrayIf(group_tiers, is_line_item)) AS service_tiers,
      arraySlice(
        arraySort(
          each -> (-each.8, each),
          groupArrayIf(tuple(model, token_type, modality, service_tier, qualifier, unit, price, priced_amount, priced_quantity), priced_amount > 0 AND NOT is_line_item)
        ),
        1,
        50
      ) AS prices
    FROM recent_groups
  ),
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
  ),
  reconciled_days AS (
    SELECT
      day, currency,
      totals[currency] AS our, provider_totals[currency] AS their,
      version >= (toUInt64(day) + 1) * 86400000 AS settled,
      settled AND abs(our - their) > toDecimal128('0.000000001', 18) AS differs
    FROM cost_days FINAL
    ARRAY JOIN
      arrayDistinct(if(empty(totals) AND empty(provider_totals), ['usd'], arrayConcat(mapKeys(totals), mapKeys(provider_totals)))) AS currency
    WHERE tenant_id = {tenant_id: String} AND day >= {both_from: Date} AND day < {to: Date} AND version >= (toUInt64(day) + 1) * 86400000
  ),
  currencies AS (
    SELECT
      currency,
      sum(our) AS ours,
      sum(their) AS theirs,
      countIf(settled) AS settled_rows,
      groupUniqArrayIf(day, differs) AS days_that_differ,
      sumIf(abs(our - their), differs) AS differing_amount
    FROM reconciled_days
    GROUP BY currency
    ORDER BY currency
  ),
  reconciled AS (
    SELECT
      groupUniqArrayArray(days_that_differ) AS all_that_differ,
      toUInt32(length(all_that_differ)) AS differing_days,
      if(differing_days = 0, NULL, arrayMin(all_that_differ)) AS first_differing_day,
      if(sum(settled_rows) = 0, NULL, toBool(differing_days = 0)) AS agrees,
      groupArray((
        currency, ours, theirs, ours - theirs, length(days_that_differ),
        if(empty(days_that_differ), NULL, arrayMin(days_that_differ)), differing_amount
      )::Tuple(
        currency String, ours Decimal(38, 18), theirs Decimal(38, 18), difference Decimal(38, 18),
        differing_days UInt32, first_differing_day Nullable(Date), differing_amount Decimal(38, 18)
      )) AS by_currency
    FROM currencies
  )
SELECT
  due, reads,
  currencies, days,
  unknown_amount, unclassified_amount, all_amount, line_items, api_sources, service_tiers, prices,
  top_movers,
  agrees, differing_days, first_differing_day, by_currency
FROM due
CROSS JOIN reads
CROSS JOIN months
CROSS JOIN recent
CROSS JOIN top_movers
CROSS JOIN reconciled
SETTINGS enable_named_columns_in_function_tuple = 1
