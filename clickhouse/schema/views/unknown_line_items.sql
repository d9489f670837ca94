-- Line items of the bill that were not understood in full when they were read: what was not, since when, and how much
-- money it is. Their costs are complete in every sum; what is not known is only what they are for.
CREATE OR REPLACE VIEW unknown_line_items
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the facts were read through',
    line_item LowCardinality(String) COMMENT 'OpenAI''s line item, verbatim; empty where OpenAI names none',
    unknown LowCardinality(String) COMMENT 'What was not understood of it: qualifiers, or the whole line item. Model and token type are known where only qualifiers are not',
    is_classified Bool COMMENT 'Whether service, model and token type are known all the same: only a qualifier is not',
    first_day Date COMMENT 'First UTC day with such a cost',
    last_day Date COMMENT 'Last UTC day with such a cost',
    facts UInt64 COMMENT 'Number of cost facts',
    amount Decimal(38, 18) COMMENT 'Their costs, exact',
    currency LowCardinality(String) COMMENT 'ISO 4217 code, lower case'
)
SQL SECURITY INVOKER
AS
SELECT
    tenant_id, integration_id, line_item,
    if(unknown_qualifier = '', toString(line_item), toString(unknown_qualifier)) AS unknown,
    token_type != 'other' AS is_classified,
    min(day) AS first_day,
    max(day) AS last_day,
    count() AS facts,
    sum(item_amount) AS amount,
    currency
FROM cost_days FINAL
ARRAY JOIN
    items.line_item AS line_item, items.token_type AS token_type, items.unknown_qualifier AS unknown_qualifier,
    items.amount AS item_amount, items.currency AS currency
WHERE token_type = 'other' OR unknown_qualifier != ''
GROUP BY tenant_id, integration_id, line_item, unknown_qualifier, token_type, currency
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per line item that this version of the software did not understand in full when it read it. A later version understands more; days that it reads again are no longer here'
