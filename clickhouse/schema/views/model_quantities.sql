CREATE OR REPLACE VIEW model_quantities
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    day Date COMMENT 'UTC day',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    name LowCardinality(String) COMMENT 'The model as the bill or the usage names it, verbatim; empty where not said',
    model LowCardinality(String) COMMENT 'The name under which bill and usage are compared: without a date at its end; a fine-tuned model by its base, ft-gpt-4o for ft:gpt-4o-2024-08-06:acme::abc; whisper-1 for whisper',
    is_billed Bool COMMENT 'true: from the bill. false: from the usage',
    meter LowCardinality(String) COMMENT 'input, cached_input, cache_write, output: tokens; images, seconds, characters; num_model_requests of the usage; other on the bill',
    modality LowCardinality(String) COMMENT 'audio, image, …: a part of the meter that is counted by itself; empty for the rest',
    unit LowCardinality(String) COMMENT 'What quantity counts: tokens, images, seconds, characters or requests; empty where the bill has no quantity, or in another unit',
    quantity Decimal(76, 18) COMMENT 'How many; thousands, minutes and hours on the bill are converted; 0 where the unit is empty',
    amount Decimal(38, 18) COMMENT 'What the bill says that it cost; 0 for usage',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case; empty for usage'
)
AS
WITH (number) -> sum(number::Decimal(76, 18)) AS total
SELECT
    tenant_id, integration_id, day, project_id, name,
    -- The one place that says which names are the same model. Whatever it does not know stays two models, and
    -- model_mismatches shows both.
    multiIf(
        name = 'whisper', 'whisper-1',
        replaceRegexpOne(replaceRegexpOne(name, '^ft[:-]([^:]+).*$', 'ft-\\1'), '-\\d{4}-\\d{2}-\\d{2}$', '')
    ) AS model,
    is_billed, meter, modality, unit, quantity, amount, currency
FROM
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
            -- Wider than what is stored: 20 digits of thousands of tokens do not fit it.
            total(ifNull(billed_quantity, 0)) * transform(billed_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1)
        ) AS quantity,
        sum(billed) AS amount, billed_in AS currency
    FROM cost_days FINAL
    ARRAY JOIN
        items.project_id AS project_id, items.model AS name, items.service AS service, items.token_type AS token_type,
        items.modality AS modality, items.quantity_unit AS billed_unit, items.quantity AS billed_quantity,
        items.amount AS billed, items.currency AS billed_in
    GROUP BY tenant_id, integration_id, day, project_id, name, service, token_type, modality, billed_unit, billed_in
    UNION ALL
    SELECT
        tenant_id, integration_id, day, project_id, name, false, metric.1, metric.2,
        multiIf(
            metric.1 IN ('images', 'seconds', 'characters'), metric.1,
            metric.1 = 'num_model_requests', 'requests',
            'tokens'
        ),
        metric.3, 0, ''
    FROM
    (
        SELECT
            tenant_id, integration_id, day, project_id, name,
            total(all_input) AS input, total(cached) AS cached_input, total(cache_write) AS cache_writes,
            total(audio_input) AS audio, total(image_input) AS image,
            total(cached_audio) AS audio_cached, total(cached_image) AS image_cached,
            total(all_output) AS output, total(audio_output) AS audio_out, total(image_output) AS image_out,
            total(image_count) AS images, total(second_count) AS seconds, total(character_count) AS characters,
            total(requests) AS num_model_requests
        FROM usage_days FINAL
        ARRAY JOIN
            items.project_id AS project_id, items.model AS name, items.input_tokens AS all_input,
            items.input_cached_tokens AS cached, items.input_cache_write_tokens AS cache_write,
            items.input_audio_tokens AS audio_input, items.input_image_tokens AS image_input,
            items.input_cached_audio_tokens AS cached_audio, items.input_cached_image_tokens AS cached_image,
            items.output_tokens AS all_output, items.output_audio_tokens AS audio_output,
            items.output_image_tokens AS image_output, items.images AS image_count, items.seconds AS second_count,
            items.characters AS character_count, items.num_model_requests AS requests
        WHERE dataset != 'usage/web_search_calls'
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
COMMENT 'What bill and usage each count of a model, side by side but not joined, and the name that both are compared under. sum(amount) is all costs. Without the usage of web searches, whose requests are counted under completions'
