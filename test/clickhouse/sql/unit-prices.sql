WITH
  facts AS (
    SELECT
      day,
      integration_id,
      model,
      token_type,
      modality,
      service_tier,
      qualifier,
      amount,
      quantity,
      quantity_unit
    FROM cost_days FINAL
    ARRAY JOIN
      items.model AS model,
      items.token_type AS token_type,
      items.modality AS modality,
      items.service_tier AS service_tier,
      items.qualifier AS qualifier,
      items.amount AS amount,
      items.quantity AS quantity,
      items.quantity_unit AS quantity_unit
    WHERE
      tenant_id = {tenant_id: String}
      AND day >= {from: Date}
      AND day < {to: Date}
  ),
  priced_facts AS (
    SELECT
      *,
      transform(
        quantity_unit,
        ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
        ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
        ''
      ) AS unit,
      transform(quantity_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS base_units,
      transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS priced_units
    FROM facts
    WHERE unit != '' AND amount > 0 AND ifNull(quantity, 0) > 0 AND model != ''
  ),
  sums AS (
    SELECT
      model, token_type, modality, service_tier, qualifier, unit, priced_units,
      sum(amount) AS amount_sum,
      sum(assumeNotNull(quantity)::Decimal(76, 18) * base_units) AS quantity_sum
    FROM priced_facts
    GROUP BY model, token_type, modality, service_tier, qualifier, unit, priced_units
  )
SELECT
  model, token_type, modality, service_tier, qualifier, unit,
  amount_sum::Decimal(76, 18) * priced_units / quantity_sum AS price,
  amount_sum AS amount,
  quantity_sum AS quantity
FROM sums
ORDER BY amount DESC, model, token_type, modality, service_tier, qualifier, unit
LIMIT 50
