-- One row per day, project and model: what was used beside what it cost. Money always comes from the bill. Quantities
-- come from the bill, too; where the bill does not count a model in tokens (or images, seconds, characters), from the
-- usage.
CREATE OR REPLACE VIEW model_days
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    model LowCardinality(String) COMMENT 'The name under which bill and usage are compared, as in model_quantities: without a date at its end',
    billed_models Array(LowCardinality(String)) COMMENT 'The names on the bill, verbatim; empty where the model has no cost line',
    used_models Array(LowCardinality(String)) COMMENT 'The names in the usage, verbatim; empty where the model has none',
    num_model_requests Decimal(76, 18) COMMENT 'Requests, from the usage; requests of web searches are counted once, under completions',
    input_uncached_tokens Decimal(76, 18) COMMENT 'Input tokens neither cached nor written to the cache: what the bill calls input. All tokens are the quantities of the bill; of the usage where the bill counts no tokens of this model',
    input_uncached_cost Decimal(38, 18) COMMENT 'Their cost. Every cost is from the bill, never derived from usage',
    input_audio_tokens Decimal(76, 18) COMMENT 'Of input_uncached_tokens: audio',
    input_audio_cost Decimal(38, 18) COMMENT 'Of input_uncached_cost: audio',
    input_image_tokens Decimal(76, 18) COMMENT 'Of input_uncached_tokens: images; the rest is text',
    input_image_cost Decimal(38, 18) COMMENT 'Of input_uncached_cost: images; the rest is text',
    input_cached_tokens Decimal(76, 18) COMMENT 'Input tokens read from the cache',
    input_cached_cost Decimal(38, 18) COMMENT 'Their cost',
    input_cached_audio_tokens Decimal(76, 18) COMMENT 'Of input_cached_tokens: audio',
    input_cached_audio_cost Decimal(38, 18) COMMENT 'Of input_cached_cost: audio',
    input_cached_image_tokens Decimal(76, 18) COMMENT 'Of input_cached_tokens: images; the rest is text',
    input_cached_image_cost Decimal(38, 18) COMMENT 'Of input_cached_cost: images; the rest is text',
    input_cache_write_tokens Decimal(76, 18) COMMENT 'Input tokens written to the cache',
    input_cache_write_cost Decimal(38, 18) COMMENT 'Their cost',
    input_cache_write_audio_tokens Decimal(76, 18) COMMENT 'Of input_cache_write_tokens: audio; only the bill says so',
    input_cache_write_audio_cost Decimal(38, 18) COMMENT 'Of input_cache_write_cost: audio',
    input_cache_write_image_tokens Decimal(76, 18) COMMENT 'Of input_cache_write_tokens: images; only the bill says so',
    input_cache_write_image_cost Decimal(38, 18) COMMENT 'Of input_cache_write_cost: images; the rest is text',
    output_tokens Decimal(76, 18) COMMENT 'Output tokens',
    output_cost Decimal(38, 18) COMMENT 'Their cost',
    output_audio_tokens Decimal(76, 18) COMMENT 'Of output_tokens: audio',
    output_audio_cost Decimal(38, 18) COMMENT 'Of output_cost: audio',
    output_image_tokens Decimal(76, 18) COMMENT 'Of output_tokens: images; the rest is text',
    output_image_cost Decimal(38, 18) COMMENT 'Of output_cost: images; the rest is text',
    images Decimal(76, 18) COMMENT 'Images; the count of the usage where they are billed by tokens',
    images_cost Decimal(38, 18) COMMENT 'Cost of what is billed by images',
    seconds Decimal(76, 18) COMMENT 'Seconds of audio or video; minutes and hours on the bill are converted',
    seconds_cost Decimal(38, 18) COMMENT 'Cost of what is billed by time',
    characters Decimal(76, 18) COMMENT 'Characters turned into speech',
    characters_cost Decimal(38, 18) COMMENT 'Cost of what is billed by characters',
    other_cost Decimal(38, 18) COMMENT 'Cost of the model''s other lines',
    cost Decimal(38, 18) COMMENT 'Sum of the model''s cost lines, exact: uncached, cached and cache-write input, output, images, seconds, characters and other',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case; empty where there is no cost line; several, separated by spaces, where the costs must not be added up'
)
SQL SECURITY INVOKER
AS
WITH
    (wanted) -> sumIf(amount, meter = wanted) AS cost_of,
    (wanted, form) -> sumIf(amount, meter = wanted AND modality = form) AS cost_in,
    -- A model whose bill counts any tokens has all its tokens from the bill, so that no kind of token is counted twice.
    countIf(is_billed AND unit != '' AND meter IN ('input', 'cached_input', 'cache_write', 'output')) > 0 AS bills_tokens,
    (wanted) -> if(
        bills_tokens,
        sumIf(quantity, is_billed AND meter = wanted),
        sumIf(quantity, NOT is_billed AND meter = wanted)
    ) AS tokens_of,
    (wanted, form) -> if(
        bills_tokens,
        sumIf(quantity, is_billed AND meter = wanted AND modality = form),
        sumIf(quantity, NOT is_billed AND meter = wanted AND modality = form)
    ) AS tokens_in,
    -- Images, seconds and characters: each from the bill where the bill counts it.
    (wanted) -> if(
        countIf(is_billed AND unit != '' AND meter = wanted) > 0,
        sumIf(quantity, is_billed AND meter = wanted),
        sumIf(quantity, NOT is_billed AND meter = wanted)
    ) AS units_of
SELECT
    tenant_id, integration_id, day, project_id, model,
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
    arrayStringConcat(arraySort(groupUniqArrayIf(currency, is_billed)), ' ') AS currency
FROM model_quantities
WHERE name != ''
GROUP BY tenant_id, integration_id, day, project_id, model
COMMENT 'One row per day, project and model: tokens and other units beside the cost of each. sum(cost) plus the costs without a model is the sum of all costs'
