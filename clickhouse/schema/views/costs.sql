-- Every cost fact as a row of its own: the days of cost_days, whose facts are parallel arrays, unfolded.
CREATE OR REPLACE VIEW costs
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the fact was read through',
    day Date COMMENT 'UTC day that the cost belongs to',
    project_id LowCardinality(String) COMMENT 'OpenAI project, verbatim; empty where not attributed',
    project_name LowCardinality(String) COMMENT 'The project''s name, from the cost row',
    api_key_id LowCardinality(String) COMMENT 'OpenAI API key id, verbatim; empty where not attributed or refused for the day',
    user_id LowCardinality(String) COMMENT 'OpenAI user, verbatim; empty where not attributed or refused for the day',
    user_email LowCardinality(String) COMMENT 'The user''s e-mail address, from the cost row',
    api_source LowCardinality(String) COMMENT 'agents_api: cost of the Agents API; unlabeled: everything that OpenAI attributes to no source; empty where OpenAI was not asked or refused to say for the day',
    line_item LowCardinality(String) COMMENT 'OpenAI''s line item, verbatim',
    service LowCardinality(String) COMMENT 'Parsed from line_item: completions, embeddings, images, audio, web_search, …; other where not understood',
    model LowCardinality(String) COMMENT 'Parsed from line_item: the model, verbatim; empty for products without one',
    token_type LowCardinality(String) COMMENT 'Parsed from line_item: input, cached_input, cache_write, output; none where not billed by tokens; other where not understood',
    modality LowCardinality(String) COMMENT 'Parsed from line_item: text, image, audio or video; empty where not said',
    service_tier LowCardinality(String) COMMENT 'Parsed from line_item: priority, batch, flex, …; empty for the default',
    surface LowCardinality(String) COMMENT 'Parsed from line_item: the product surface before the bar, such as assistants api',
    long_context Bool COMMENT 'Parsed from line_item: billed at the long-context price',
    qualifier LowCardinality(String) COMMENT 'Parsed from line_item: what else its price may depend on, such as 12h of a cache write, regional processing or 1024x1024, words that are not known included; empty where nothing is said, and of days that were read before version 0.2.0',
    unknown_qualifier LowCardinality(String) COMMENT 'Of qualifier, what is not known; unknown_line_items adds it up',
    amount Decimal(38, 18) COMMENT 'Cost in currency units, exact; negative for credits',
    amount_verbatim String COMMENT 'The amount as OpenAI sent it, every digit',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case',
    quantity Nullable(Decimal(38, 18)) COMMENT 'What was billed, in quantity_unit; null where OpenAI gives no quantity',
    quantity_verbatim String COMMENT 'The quantity as OpenAI sent it',
    quantity_unit LowCardinality(String) COMMENT 'tokens, 1000_tokens, images, duration_seconds, …, verbatim; empty where not given',
    extra String COMMENT 'Fields of the row that this version does not know, as JSON; empty where there are none. Not stable: a later version may give a field a column',
    synced_at DateTime64(3, 'UTC') COMMENT 'When the read that wrote this day began'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, day,
    project_id, project_name, api_key_id, user_id, user_email, api_source, line_item, service, model, token_type, modality,
    service_tier, surface, long_context, qualifier, unknown_qualifier, amount, amount_verbatim, currency, quantity, quantity_verbatim,
    quantity_unit, extra,
    fromUnixTimestamp64Milli(version, 'UTC') AS synced_at
FROM cost_days FINAL
-- Each column is listed by itself. So no tuple of all columns is built for every row, and an engine that prunes ARRAY
-- JOIN within views reads only the columns that a query names.
ARRAY JOIN
    items.project_id AS project_id, items.project_name AS project_name, items.api_key_id AS api_key_id,
    items.user_id AS user_id, items.user_email AS user_email, items.api_source AS api_source, items.line_item AS line_item,
    items.service AS service, items.model AS model, items.token_type AS token_type, items.modality AS modality,
    items.service_tier AS service_tier, items.surface AS surface, items.long_context AS long_context,
    items.qualifier AS qualifier, items.unknown_qualifier AS unknown_qualifier,
    items.amount AS amount, items.amount_verbatim AS amount_verbatim, items.currency AS currency,
    items.quantity AS quantity, items.quantity_verbatim AS quantity_verbatim, items.quantity_unit AS quantity_unit,
    items.extra AS extra
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per cost fact: day × project × line item × API key × user × API source, as fine as OpenAI gives it'
