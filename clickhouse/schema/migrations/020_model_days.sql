CREATE OR REPLACE VIEW model_days
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    model LowCardinality(String) COMMENT 'Model without a date at its end: bill and usage may name it with or without',
    billed_models Array(LowCardinality(String)) COMMENT 'The names on the bill, verbatim; empty where the model has no cost line',
    used_models Array(LowCardinality(String)) COMMENT 'The names in the usage, verbatim; empty where the model has none',
    num_model_requests Decimal(38, 18) COMMENT 'Requests, from the usage; those of web searches are counted under completions once',
    input_uncached_tokens Decimal(38, 18) COMMENT 'Input tokens neither cached nor written to the cache: what the bill calls input. All tokens are the bill''s quantities; the usage''s where the bill has no tokens of this model',
    input_uncached_cost Decimal(38, 18) COMMENT 'Their cost. Every cost is the bill''s, never derived from usage',
    input_audio_tokens Decimal(38, 18) COMMENT 'Of input_uncached_tokens: audio',
    input_audio_cost Decimal(38, 18) COMMENT 'Of input_uncached_cost: audio',
    input_image_tokens Decimal(38, 18) COMMENT 'Of input_uncached_tokens: images; the rest is text',
    input_image_cost Decimal(38, 18) COMMENT 'Of input_uncached_cost: images; the rest is text',
    input_cached_tokens Decimal(38, 18) COMMENT 'Input tokens read from the cache',
    input_cached_cost Decimal(38, 18) COMMENT 'Their cost',
    input_cached_audio_tokens Decimal(38, 18) COMMENT 'Of input_cached_tokens: audio',
    input_cached_audio_cost Decimal(38, 18) COMMENT 'Of input_cached_cost: audio',
    input_cached_image_tokens Decimal(38, 18) COMMENT 'Of input_cached_tokens: images; the rest is text',
    input_cached_image_cost Decimal(38, 18) COMMENT 'Of input_cached_cost: images; the rest is text',
    input_cache_write_tokens Decimal(38, 18) COMMENT 'Input tokens written to the cache',
    input_cache_write_cost Decimal(38, 18) COMMENT 'Their cost',
    input_cache_write_audio_tokens Decimal(38, 18) COMMENT 'Of input_cache_write_tokens: audio; the usage does not tell',
    input_cache_write_audio_cost Decimal(38, 18) COMMENT 'Of input_cache_write_cost: audio',
    input_cache_write_image_tokens Decimal(38, 18) COMMENT 'Of input_cache_write_tokens: images; the usage does not tell',
    input_cache_write_image_cost Decimal(38, 18) COMMENT 'Of input_cache_write_cost: images; the rest is text',
    output_tokens Decimal(38, 18) COMMENT 'Output tokens',
    output_cost Decimal(38, 18) COMMENT 'Their cost',
    output_audio_tokens Decimal(38, 18) COMMENT 'Of output_tokens: audio',
    output_audio_cost Decimal(38, 18) COMMENT 'Of output_cost: audio',
    output_image_tokens Decimal(38, 18) COMMENT 'Of output_tokens: images; the rest is text',
    output_image_cost Decimal(38, 18) COMMENT 'Of output_cost: images; the rest is text',
    images Decimal(38, 18) COMMENT 'Images; the usage''s count where they are billed by tokens',
    images_cost Decimal(38, 18) COMMENT 'Cost of what is billed by the image',
    seconds Decimal(38, 18) COMMENT 'Seconds of audio or video; minutes and hours on the bill are converted',
    seconds_cost Decimal(38, 18) COMMENT 'Cost of what is billed by time',
    characters Decimal(38, 18) COMMENT 'Characters turned into speech',
    characters_cost Decimal(38, 18) COMMENT 'Cost of what is billed by the character',
    other_cost Decimal(38, 18) COMMENT 'Cost of the model''s lines that are none of these',
    cost Decimal(38, 18) COMMENT 'Sum of the model''s cost lines, exact: uncached, cached and cache-write input, output, images, seconds, characters and other',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case; empty where there is no cost line; more than one where costs must not be added up'
)
AS
WITH
    (type) -> sumIf(amount, meter = type) AS cost_of,
    (type, form) -> sumIf(amount, meter = type AND modality = form) AS cost_in,
    countIf(is_billed AND is_measured AND meter IN ('input', 'cached_input', 'cache_write', 'output')) > 0 AS bills_tokens,
    (type) -> if(bills_tokens, sumIf(quantity, is_billed AND meter = type), sumIf(quantity, NOT is_billed AND meter = type)) AS tokens_of,
    (type, form) -> if(
        bills_tokens,
        sumIf(quantity, is_billed AND meter = type AND modality = form),
        sumIf(quantity, NOT is_billed AND meter = type AND modality = form)
    ) AS tokens_in,
    (unit) -> if(
        countIf(is_billed AND is_measured AND meter = unit) > 0,
        sumIf(quantity, is_billed AND meter = unit),
        sumIf(quantity, NOT is_billed AND meter = unit)
    ) AS units_of
SELECT
    tenant_id, integration_id, day, project_id,
    replaceRegexpOne(name, '-\\d{4}-\\d{2}-\\d{2}$', '') AS model,
    arraySort(groupUniqArrayIf(name, is_billed)) AS billed_models,
    arraySort(groupUniqArrayIf(name, NOT is_billed)) AS used_models,
    sumIf(quantity, meter = 'num_model_requests') AS num_model_requests,
    tokens_of('input') AS input_uncached_tokens, cost_of('input') AS input_uncached_cost,
    tokens_in('input', 'audio') AS input_audio_tokens, cost_in('input', 'audio') AS input_audio_cost,
    tokens_in('input', 'image') AS input_image_tokens, cost_in('input', 'image') AS input_image_cost,
    tokens_of('cached_input') AS input_cached_tokens, cost_of('cached_input') AS input_cached_cost,
    tokens_in('cached_input', 'audio') AS input_cached_audio_tokens, cost_in('cached_input', 'audio') AS input_cached_audio_cost,
    tokens_in('cached_input', 'image') AS input_cached_image_tokens, cost_in('cached_input', 'image') AS input_cached_image_cost,
    tokens_of('cache_write') AS input_cache_write_tokens, cost_of('cache_write') AS input_cache_write_cost,
    tokens_in('cache_write', 'audio') AS input_cache_write_audio_tokens, cost_in('cache_write', 'audio') AS input_cache_write_audio_cost,
    tokens_in('cache_write', 'image') AS input_cache_write_image_tokens, cost_in('cache_write', 'image') AS input_cache_write_image_cost,
    tokens_of('output') AS output_tokens, cost_of('output') AS output_cost,
    tokens_in('output', 'audio') AS output_audio_tokens, cost_in('output', 'audio') AS output_audio_cost,
    tokens_in('output', 'image') AS output_image_tokens, cost_in('output', 'image') AS output_image_cost,
    units_of('images') AS images, cost_of('images') AS images_cost,
    units_of('seconds') AS seconds, cost_of('seconds') AS seconds_cost,
    units_of('characters') AS characters, cost_of('characters') AS characters_cost,
    cost_of('other') AS other_cost,
    sum(amount) AS cost,
    arrayStringConcat(arraySort(groupUniqArrayIf(billed_in, is_billed)), ' ') AS currency
FROM
(
    SELECT
        tenant_id, integration_id, day, project_id, name, true AS is_billed,
        multiIf(
            unit IN ('images', 'characters'), unit,
            unit IN ('duration_seconds', 'duration_minutes', 'duration_hours'), 'seconds',
            token_type IN ('input', 'cached_input', 'cache_write', 'output'), token_type,
            unit IN ('tokens', '1000_tokens') AND service IN ('embeddings', 'moderations'), 'input',
            'other'
        ) AS meter,
        modality, billed_in,
        transform(
            unit,
            ['tokens', '1000_tokens', 'images', 'characters', 'duration_seconds', 'duration_minutes', 'duration_hours'],
            [1, 1000, 1, 1, 1, 60, 3600],
            0
        ) AS in_unit,
        sum(billed) AS amount,
        ifNull(sum(billed_quantity), 0) * in_unit AS quantity,
        in_unit > 0 AND count(billed_quantity) > 0 AS is_measured
    FROM cost_days FINAL
    ARRAY JOIN
        items.project_id AS project_id, items.model AS name, items.service AS service, items.token_type AS token_type,
        items.modality AS modality, items.quantity_unit AS unit, items.quantity AS billed_quantity,
        items.amount AS billed, items.currency AS billed_in
    WHERE name != ''
    GROUP BY tenant_id, integration_id, day, project_id, name, service, token_type, modality, unit, billed_in
    UNION ALL
    SELECT
        tenant_id, integration_id, day, project_id, name, false, metric.1, metric.2, '', 1, 0, metric.3, true
    FROM
    (
        SELECT
            tenant_id, integration_id, day, project_id, name,
            sum(all_input) AS input, sum(cached) AS cached_input, sum(cache_write) AS cache_writes,
            sum(audio_input) AS audio, sum(image_input) AS image,
            sum(cached_audio) AS audio_cached, sum(cached_image) AS image_cached,
            sum(all_output) AS output, sum(audio_output) AS audio_out, sum(image_output) AS image_out,
            sum(image_count) AS images, sum(second_count) AS seconds, sum(character_count) AS characters,
            sum(requests) AS num_model_requests
        FROM usage_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.input_tokens AS all_input,
            items.input_cached_tokens AS cached, items.input_cache_write_tokens AS cache_write,
            items.input_audio_tokens AS audio_input, items.input_image_tokens AS image_input,
            items.input_cached_audio_tokens AS cached_audio, items.input_cached_image_tokens AS cached_image,
            items.output_tokens AS all_output, items.output_audio_tokens AS audio_output,
            items.output_image_tokens AS image_output, items.images AS image_count, items.seconds AS second_count,
            items.characters AS character_count, items.num_model_requests AS requests
        WHERE name != '' AND dataset != 'usage/web_search_calls'
        GROUP BY tenant_id, integration_id, day, project_id, name
    )
    ARRAY JOIN arrayFilter(each -> each.3 != 0 OR each.1 = 'num_model_requests', [
        ('input', '', input - cached_input - cache_writes - audio - image), ('input', 'audio', audio), ('input', 'image', image),
        ('cached_input', '', cached_input - audio_cached - image_cached),
        ('cached_input', 'audio', audio_cached), ('cached_input', 'image', image_cached),
        ('cache_write', '', cache_writes),
        ('output', '', output - audio_out - image_out), ('output', 'audio', audio_out), ('output', 'image', image_out),
        ('images', '', images), ('seconds', '', seconds), ('characters', '', characters),
        ('num_model_requests', '', num_model_requests)
    ]) AS metric
)
GROUP BY tenant_id, integration_id, day, project_id, model
COMMENT 'One row per day, project and model: tokens and other units beside what each cost. sum(cost) and the costs without a model are all costs'
