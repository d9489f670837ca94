(
  WITH
    last_days_of_periods AS (
      SELECT integration_id, max(day) AS last_day
      FROM usage_days FINAL
      WHERE tenant_id = {tenant_id: String}
        AND dataset = 'usage/vector_stores'
        AND notEmpty(items.usage_bytes)
        AND day >= {from: Date}
        AND day < {to: Date}
      GROUP BY integration_id, toStartOfMonth(day)
    ),
    last_days_of_range AS (
      SELECT integration_id, max(day) AS last_day
      FROM usage_days FINAL
      WHERE tenant_id = {tenant_id: String}
        AND dataset = 'usage/vector_stores'
        AND notEmpty(items.usage_bytes)
        AND day >= {from: Date}
        AND day < {to: Date}
      GROUP BY integration_id, toDate(0)
    ),
    groups AS (
      SELECT
        grouping(period) AS is_total,
        toStartOfMonth(day) AS period,
        model,
        sum(input_tokens) AS group_input_tokens,
        sum(input_uncached_tokens) AS group_input_uncached_tokens,
        sum(input_cached_tokens) AS group_input_cached_tokens,
        sum(input_cache_write_tokens) AS group_input_cache_write_tokens,
        sum(input_cache_write_12h_tokens) AS group_input_cache_write_12h_tokens,
        sum(input_cache_write_30m_tokens) AS group_input_cache_write_30m_tokens,
        sum(input_text_tokens) AS group_input_text_tokens,
        sum(input_audio_tokens) AS group_input_audio_tokens,
        sum(input_image_tokens) AS group_input_image_tokens,
        sum(input_cached_text_tokens) AS group_input_cached_text_tokens,
        sum(input_cached_audio_tokens) AS group_input_cached_audio_tokens,
        sum(input_cached_image_tokens) AS group_input_cached_image_tokens,
        sum(output_tokens) AS group_output_tokens,
        sum(output_text_tokens) AS group_output_text_tokens,
        sum(output_audio_tokens) AS group_output_audio_tokens,
        sum(output_image_tokens) AS group_output_image_tokens,
        sumIf(num_model_requests, dataset != 'usage/web_search_calls') AS group_num_model_requests,
        sum(images) AS group_images,
        sum(characters) AS group_characters,
        sum(seconds) AS group_seconds,
        sumIf(usage_bytes, (integration_id, day) IN (SELECT integration_id, last_day FROM last_days_of_periods)) AS group_usage_bytes,
        sum(num_sessions) AS group_num_sessions,
        sum(num_requests) AS group_num_requests,
        sumIf(usage_bytes, (integration_id, day) IN (SELECT integration_id, last_day FROM last_days_of_range)) AS group_contributed_usage_bytes,
        sumMap(other_metrics) AS group_other_metrics
      FROM usage_days FINAL
      ARRAY JOIN
        items.model AS model,
        items.input_tokens AS input_tokens,
        items.input_uncached_tokens AS input_uncached_tokens,
        items.input_cached_tokens AS input_cached_tokens,
        items.input_cache_write_tokens AS input_cache_write_tokens,
        items.input_cache_write_12h_tokens AS input_cache_write_12h_tokens,
        items.input_cache_write_30m_tokens AS input_cache_write_30m_tokens,
        items.input_text_tokens AS input_text_tokens,
        items.input_audio_tokens AS input_audio_tokens,
        items.input_image_tokens AS input_image_tokens,
        items.input_cached_text_tokens AS input_cached_text_tokens,
        items.input_cached_audio_tokens AS input_cached_audio_tokens,
        items.input_cached_image_tokens AS input_cached_image_tokens,
        items.output_tokens AS output_tokens,
        items.output_text_tokens AS output_text_tokens,
        items.output_audio_tokens AS output_audio_tokens,
        items.output_image_tokens AS output_image_tokens,
        items.num_model_requests AS num_model_requests,
        items.images AS images,
        items.characters AS characters,
        items.seconds AS seconds,
        items.usage_bytes AS usage_bytes,
        items.num_sessions AS num_sessions,
        items.num_requests AS num_requests,
        items.other_metrics AS other_metrics
      WHERE
        tenant_id = {tenant_id: String}
        AND day >= {from: Date}
        AND day < {to: Date}
      GROUP BY GROUPING SETS ((period, model), ())
    ),
    page AS (
      SELECT tuple(
          true AS is_on_page,
          period,
          [model] AS keys,
          [model] AS names,
          [
            group_input_tokens,
            group_input_uncached_tokens,
            group_input_cached_tokens,
            group_input_cache_write_tokens,
            group_input_cache_write_12h_tokens,
            group_input_cache_write_30m_tokens,
            group_input_text_tokens,
            group_input_audio_tokens,
            group_input_image_tokens,
            group_input_cached_text_tokens,
            group_input_cached_audio_tokens,
            group_input_cached_image_tokens,
            group_output_tokens,
            group_output_text_tokens,
            group_output_audio_tokens,
            group_output_image_tokens,
            group_num_model_requests,
            group_images,
            group_characters,
            group_seconds,
            if(is_total = 1, group_contributed_usage_bytes, group_usage_bytes),
            group_num_sessions,
            group_num_requests
          ] AS group_sums,
          group_other_metrics
        ) AS row
      FROM groups
      ORDER BY is_total DESC, is_on_page DESC, period, -group_input_tokens, model
      LIMIT {rows: UInt32}
    )
  SELECT toJSONString(tuple(groupArray(row) AS rows)) AS part
  FROM page
)
UNION ALL
SELECT toJSONString(tuple(groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due)) AS part
FROM integration_records FINAL
WHERE tenant_id = {tenant_id: String}
UNION ALL
SELECT toJSONString(tuple(groupArray(read) AS reads)) AS part
FROM (
  SELECT tuple(
    integration_id,
    dataset,
    maxIf(day, version >= (toUInt64(day) + 1) * 86400000) AS through,
    groupUniqArrayIf(toUInt16(day), day >= {from: Date}) AS days
  ) AS read
  FROM (
    SELECT integration_id, dataset::String AS dataset, day, version
    FROM day_reads FINAL
    WHERE tenant_id = {tenant_id: String} AND dataset != 'costs'
    UNION ALL
    SELECT integration_id, dataset::String AS dataset, day, version
    FROM usage_days FINAL
    WHERE tenant_id = {tenant_id: String} AND dataset != 'costs' AND day >= {from: Date} AND day < {to: Date}
  )
  GROUP BY integration_id, dataset
)
SETTINGS enable_named_columns_in_function_tuple = 1
