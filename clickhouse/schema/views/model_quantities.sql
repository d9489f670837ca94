-- What the bill and the usage each count of a model: tokens by kind, images, seconds, characters, requests. Both sides
-- are brought to the same meters and units, one row per meter; model_days and model_mismatches compare them.
CREATE OR REPLACE VIEW model_quantities
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    name LowCardinality(String) COMMENT 'The model as the bill or the usage names it, verbatim; empty where not said',
    model LowCardinality(String) COMMENT 'The name under which bill and usage are compared: without a date at its end; of a fine-tuned model the base, such as ft-gpt-4o for ft:gpt-4o-2024-08-06:acme::abc; whisper-1 for whisper',
    is_billed Bool COMMENT 'true: from the bill. false: from the usage',
    meter LowCardinality(String) COMMENT 'input, cached_input, cache_write, output: tokens; images, seconds, characters; num_model_requests: of the usage only; other: of the bill only',
    modality LowCardinality(String) COMMENT 'audio, image, …: the part of the meter that is counted separately; empty for the rest',
    unit LowCardinality(String) COMMENT 'What quantity counts: tokens, images, seconds, characters or requests; empty where the bill has no quantity, or has it in another unit',
    quantity Decimal(76, 18) COMMENT 'Quantity in this unit; thousands, minutes and hours on the bill are converted; 0 where the unit is empty',
    amount Decimal(38, 18) COMMENT 'Its cost on the bill; 0 for usage',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case; empty for usage'
)
SQL SECURITY INVOKER
AS
WITH
    -- Wider than what is stored: a number of 20 digits in thousands of tokens does not fit into the stored type.
    (number) -> sum(number::Decimal(76, 18)) AS total,
    -- The lines of the bill.
    billed AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, name, true AS is_billed,
            multiIf(
                billed_unit IN ('images', 'characters'), billed_unit,
                billed_unit IN ('duration_seconds', 'duration_minutes', 'duration_hours'), 'seconds',
                token_type IN ('input', 'cached_input', 'cache_write', 'output'), token_type,
                billed_unit IN ('tokens', '1000_tokens') AND service IN ('embeddings', 'moderations'), 'input',
                'other'
            ) AS meter,
            modality,
            if(
                count(billed_quantity) > 0,
                transform(
                    billed_unit,
                    ['tokens', '1000_tokens', 'images', 'characters', 'duration_seconds', 'duration_minutes', 'duration_hours'],
                    ['tokens', 'tokens', 'images', 'characters', 'seconds', 'seconds', 'seconds'],
                    ''
                ),
                ''
            ) AS unit,
            if(
                unit = '', 0,
                total(ifNull(billed_quantity, 0)) * transform(billed_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1)
            ) AS quantity,
            sum(billed_amount) AS amount,
            billed_currency AS currency
        FROM cost_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.service AS service, items.token_type AS token_type,
            items.modality AS modality, items.quantity_unit AS billed_unit, items.quantity AS billed_quantity,
            items.amount AS billed_amount, items.currency AS billed_currency
        GROUP BY tenant_id, integration_id, day, project_id, name, service, token_type, modality, billed_unit, billed_currency
    ),
    -- The usage, one row per model, its numbers side by side.
    usage_sums AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, name,
            total(input_tokens) AS input,
            total(input_audio_tokens) AS input_audio,
            total(input_image_tokens) AS input_image,
            total(input_cached_tokens) AS cached_input,
            total(input_cached_audio_tokens) AS cached_input_audio,
            total(input_cached_image_tokens) AS cached_input_image,
            total(input_cache_write_tokens) AS cache_write,
            total(output_tokens) AS output,
            total(output_audio_tokens) AS output_audio,
            total(output_image_tokens) AS output_image,
            total(image_count) AS images,
            total(second_count) AS seconds,
            total(character_count) AS characters,
            total(request_count) AS num_model_requests
        FROM usage_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.input_tokens AS input_tokens,
            items.input_cached_tokens AS input_cached_tokens, items.input_cache_write_tokens AS input_cache_write_tokens,
            items.input_audio_tokens AS input_audio_tokens, items.input_image_tokens AS input_image_tokens,
            items.input_cached_audio_tokens AS input_cached_audio_tokens,
            items.input_cached_image_tokens AS input_cached_image_tokens,
            items.output_tokens AS output_tokens, items.output_audio_tokens AS output_audio_tokens,
            items.output_image_tokens AS output_image_tokens, items.images AS image_count, items.seconds AS second_count,
            items.characters AS character_count, items.num_model_requests AS request_count
        -- The requests of web searches are counted under completions, too.
        WHERE dataset != 'usage/web_search_calls'
        GROUP BY tenant_id, integration_id, day, project_id, name
    ),
    -- The same numbers one below the other, as the bill has them: (meter, modality, quantity). What is neither audio nor
    -- image has an empty modality. Zeros are left out, except of requests: so a model that was used has a row.
    used AS
    (
        SELECT
            tenant_id, integration_id, day, project_id, name, false AS is_billed,
            metric.1 AS meter,
            metric.2 AS modality,
            multiIf(
                meter IN ('images', 'seconds', 'characters'), meter,
                meter = 'num_model_requests', 'requests',
                'tokens'
            ) AS unit,
            metric.3 AS quantity,
            0 AS amount,
            '' AS currency
        FROM usage_sums
        ARRAY JOIN arrayFilter(each -> each.3 != 0 OR each.1 = 'num_model_requests', [
            ('input', '', input - cached_input - cache_write - input_audio - input_image),
            ('input', 'audio', input_audio),
            ('input', 'image', input_image),
            ('cached_input', '', cached_input - cached_input_audio - cached_input_image),
            ('cached_input', 'audio', cached_input_audio),
            ('cached_input', 'image', cached_input_image),
            ('cache_write', '', cache_write),
            ('output', '', output - output_audio - output_image),
            ('output', 'audio', output_audio),
            ('output', 'image', output_image),
            ('images', '', images),
            ('seconds', '', seconds),
            ('characters', '', characters),
            ('num_model_requests', '', num_model_requests)
        ]) AS metric
    )
SELECT
    tenant_id, integration_id, day, project_id, name,
    -- Only this expression says which names mean the same model. Names that it does not know stay two models, and
    -- model_mismatches shows both.
    multiIf(
        name = 'whisper', 'whisper-1',
        replaceRegexpOne(replaceRegexpOne(name, '^ft[:-]([^:]+).*$', 'ft-\\1'), '-\\d{4}-\\d{2}-\\d{2}$', '')
    ) AS model,
    is_billed, meter, modality, unit, quantity, amount, currency
FROM (SELECT * FROM billed UNION ALL SELECT * FROM used)
SETTINGS apply_mutations_on_fly = 1
COMMENT 'What the bill and the usage each count of a model, in rows of their own, with the name under which both are compared. sum(amount) is the sum of all costs. Usage of web searches is left out: its requests are counted under completions. Not stable: a step of model_days and model_mismatches'
