-- The costs in the columns of FOCUS 1.4, the FinOps Open Cost and Usage Specification, in alphabetical order; then what
-- FOCUS has no column for, with the prefix x_ that it demands of such columns.
CREATE OR REPLACE VIEW focus
(
    BilledCost Decimal(38, 18) COMMENT 'What OpenAI bills, exact; its sum equals the sum of amount in costs',
    BillingAccountId String COMMENT 'OpenAI organization; the integration where OpenAI does not say',
    BillingAccountName Nullable(String) COMMENT 'The organization''s name',
    BillingAccountType LowCardinality(String) COMMENT 'Organization',
    BillingCurrency LowCardinality(String) COMMENT 'ISO 4217 code, upper case',
    BillingPeriodEnd DateTime('UTC') COMMENT 'Start of the next calendar month, exclusive',
    BillingPeriodStart DateTime('UTC') COMMENT 'Start of the calendar month, inclusive',
    ChargeCategory LowCardinality(String) COMMENT 'By what the line item says. Usage, also where a negative cost is a refund of it; Credit: a negative cost that is called a credit, grant, discount, …; Purchase: a lump without project and quantity for a prepaid bundle, scale tier, commitment, …; Adjustment: a correction or refund of no known usage, a negative cost that is none of these, a cost without a line item',
    ChargeClass LowCardinality(Nullable(String)) COMMENT 'Correction where the line item says that it corrects an earlier charge. A restated day is no correction: it replaces the old one, see the view restatements',
    ChargeDescription LowCardinality(Nullable(String)) COMMENT 'OpenAI''s line item',
    ChargeFrequency LowCardinality(String) COMMENT 'Usage-Based for usage, otherwise One-Time',
    ChargePeriodEnd DateTime('UTC') COMMENT 'End of the UTC day, exclusive',
    ChargePeriodStart DateTime('UTC') COMMENT 'Start of the UTC day, inclusive',
    ConsumedQuantity Nullable(Decimal(38, 18)) COMMENT 'Usage: what was consumed, in ConsumedUnit. Where OpenAI gives no quantity, FOCUS demands one: 1 Charges, which is ours and counts facts, so it is lower on days on which OpenAI refused a dimension. Otherwise null',
    ConsumedUnit LowCardinality(Nullable(String)) COMMENT 'Tokens, Images, Seconds, GiB-Hours, …; Charges where OpenAI gives no quantity; null with ConsumedQuantity',
    ContractedCost Decimal(38, 18) COMMENT 'As BilledCost: OpenAI does not state costs before discounts',
    EffectiveCost Decimal(38, 18) COMMENT 'As BilledCost: OpenAI does not state amortized costs',
    HostProviderName LowCardinality(String) COMMENT 'OpenAI',
    InvoiceDetailId Nullable(String) COMMENT 'Always null: OpenAI does not say which invoice line a cost is on',
    InvoiceId Nullable(String) COMMENT 'Always null: OpenAI does not say which invoice a cost is on',
    InvoiceIssuerName LowCardinality(String) COMMENT 'OpenAI',
    ListCost Decimal(38, 18) COMMENT 'As BilledCost: OpenAI does not state costs before discounts',
    PricingCategory LowCardinality(Nullable(String)) COMMENT 'Standard; null with SkuPriceId',
    PricingQuantity Nullable(Decimal(38, 18)) COMMENT 'As ConsumedQuantity: OpenAI bills what is consumed. 1 of a purchase',
    PricingUnit LowCardinality(Nullable(String)) COMMENT 'As ConsumedUnit; Charges of a purchase',
    ServiceCategory LowCardinality(String) COMMENT 'AI and Machine Learning',
    ServiceName LowCardinality(String) COMMENT 'Completions, Embeddings, Images, Audio, Web Search, …; Other where the line item is not understood',
    ServiceProviderName LowCardinality(String) COMMENT 'OpenAI',
    ServiceSubcategory LowCardinality(String) COMMENT 'Generative AI, Natural Language Processing, Machine Learning, AI Platforms or Other (AI and Machine Learning)',
    SkuId LowCardinality(Nullable(String)) COMMENT 'What is sold, whatever its price: service, surface, model, modality and token type, and the unit where tokens are billed in another, such as images; null with SkuPriceId',
    SkuMeter LowCardinality(Nullable(String)) COMMENT 'What is metered: Input Tokens, Cached Input Tokens, Output Tokens, … where it is billed by tokens, else the unit; null with SkuPriceId',
    SkuPriceDetails LowCardinality(Nullable(String)) COMMENT 'What distinguishes the SKU''s prices, as JSON: x_Model, x_TokenType, x_Modality, x_ServiceTier, x_LongContext, x_Qualifier; null with SkuPriceId',
    SkuPriceId LowCardinality(Nullable(String)) COMMENT 'OpenAI''s line item, with the unit where that is part of SkuId; null where there is none',
    SubAccountId LowCardinality(Nullable(String)) COMMENT 'OpenAI project; null where not attributed',
    SubAccountName Nullable(String) COMMENT 'The project''s listed name, else its name on the cost row; null where neither is known',
    SubAccountType LowCardinality(Nullable(String)) COMMENT 'Project; null with SubAccountId',
    x_TenantId LowCardinality(String) COMMENT 'Tenant that owns the integration',
    x_IntegrationId LowCardinality(String) COMMENT 'Integration that the cost was read through',
    x_OrganizationId Nullable(String) COMMENT 'OpenAI organization, verbatim',
    x_LineItem LowCardinality(Nullable(String)) COMMENT 'OpenAI''s line item, verbatim',
    x_Service LowCardinality(String) COMMENT 'Parsed from the line item, as service in costs',
    x_Model LowCardinality(Nullable(String)) COMMENT 'Parsed from the line item: the model, verbatim; null for products without one',
    x_TokenType LowCardinality(String) COMMENT 'Parsed from the line item: input, cached_input, cache_write, output; none where not billed by tokens; other where not understood',
    x_Modality LowCardinality(Nullable(String)) COMMENT 'Parsed from the line item: text, image, audio or video',
    x_ServiceTier LowCardinality(Nullable(String)) COMMENT 'Parsed from the line item: priority, batch, flex, …; null for the default',
    x_Surface LowCardinality(Nullable(String)) COMMENT 'Parsed from the line item: the product surface, such as assistants api',
    x_LongContext Bool COMMENT 'Parsed from the line item: billed at the long-context price',
    x_ApiKeyId LowCardinality(Nullable(String)) COMMENT 'OpenAI API key id; null where not attributed',
    x_ApiKeyName Nullable(String) COMMENT 'The API key''s listed name; null where it is not known',
    x_UserId LowCardinality(Nullable(String)) COMMENT 'OpenAI user; null where not attributed',
    x_UserEmail Nullable(String) COMMENT 'The user''s e-mail address; null where it is not known. Personal data: an export has it only by include=x_UserEmail',
    x_ApiSource LowCardinality(Nullable(String)) COMMENT 'agents_api or unlabeled; null where OpenAI does not say',
    x_Quantity Nullable(Decimal(38, 18)) COMMENT 'The quantity as OpenAI gives it; null where OpenAI gives no quantity',
    x_QuantityUnit LowCardinality(Nullable(String)) COMMENT 'The quantity''s unit, verbatim',
    x_AmountVerbatim String COMMENT 'The amount as OpenAI sent it, every digit',
    x_Extra Nullable(String) COMMENT 'Fields of the row that this version does not know, as JSON. Not stable: a later version may give a field a column',
    x_SyncedAt DateTime64(3, 'UTC') COMMENT 'When the read that wrote this day began'
)
SQL SECURITY INVOKER
AS
WITH
    organizations AS (SELECT tenant_id, integration_id, organization_id, organization_name FROM integration_records FINAL),
    -- Names and addresses as OpenAI lists them, by id.
    listed_projects AS (SELECT tenant_id, integration_id, id, name FROM name_records FINAL WHERE kind = 'project'),
    listed_keys AS (SELECT tenant_id, integration_id, id, name FROM name_records FINAL WHERE kind = 'api_key'),
    listed_users AS (SELECT tenant_id, integration_id, id, email FROM name_records FINAL WHERE kind = 'user'),
    lower(cost.line_item) AS said,
    match(said, '\\b(credits?|promo(tion(al)?)?|grants?|discounts?|vouchers?|coupons?|rebates?|goodwill|free tier)\\b') AS says_credit,
    match(said, '\\b(corrections?|corrected|adjustments?|adjusted|true[- ]?ups?|write[- ]?offs?)\\b') AS says_correction,
    match(said, '\\b(refund(s|ed)?|revers(als?|ed)|chargebacks?)\\b') AS says_refund,
    match(said, '\\b(prepaid|prepay(ments?)?|pre-?purchased?|bundles?|scale tier|commit(ments?|ted)?|reserved|reservations?|provisioned|subscriptions?|upfront|top[- ]?ups?)\\b') AS says_purchase,
    cost.service NOT IN ('', 'other') OR cost.model != '' OR cost.quantity IS NOT NULL AS is_of_usage,
    cost.project_id = '' AND cost.quantity IS NULL AND cost.amount > 0 AS is_lump,
    multiIf(
        cost.line_item = '', 'Adjustment',
        cost.amount < 0 AND says_credit, 'Credit',
        is_lump AND (says_purchase OR cost.service_tier = 'scale'), 'Purchase',
        NOT is_of_usage AND (cost.amount < 0 OR says_correction OR says_refund), 'Adjustment',
        'Usage'
    ) AS category,
    cost.line_item != '' AS has_sku,
    toString(cost.service) AS service,
    cost.token_type NOT IN ('', 'none', 'other') AS is_of_tokens,
    -- Some line items name a token type and are billed by the image.
    if(is_of_tokens AND cost.quantity_unit NOT IN ('', 'tokens', '1000_tokens'), toString(cost.quantity_unit), '') AS other_unit,
    -- In the spelling that FOCUS demands of units: 1000 Tokens, GiB-Hours.
    multiIf(
        cost.quantity IS NULL, 'Charges',
        cost.quantity_unit = '', 'Units',
        transform(
            toString(cost.quantity_unit),
            ['1000_tokens', 'duration_seconds', 'duration_minutes', 'duration_hours', 'gibibyte_hours'],
            ['1000 Tokens', 'Seconds', 'Minutes', 'Hours', 'GiB-Hours'],
            initcap(replaceAll(cost.quantity_unit, '_', ' ')))
    ) AS unit
SELECT
    cost.amount AS BilledCost,
    if(organization.organization_id = '', toString(cost.integration_id), organization.organization_id) AS BillingAccountId,
    nullIf(organization.organization_name, '') AS BillingAccountName,
    'Organization' AS BillingAccountType,
    if(cost.currency = '', 'USD', upper(cost.currency)) AS BillingCurrency,
    (toStartOfMonth(cost.day) + INTERVAL 1 MONTH)::DateTime('UTC') AS BillingPeriodEnd,
    toStartOfMonth(cost.day)::DateTime('UTC') AS BillingPeriodStart,
    category AS ChargeCategory,
    if(says_correction, 'Correction', NULL) AS ChargeClass,
    nullIf(cost.line_item, '') AS ChargeDescription,
    if(category = 'Usage', 'Usage-Based', 'One-Time') AS ChargeFrequency,
    (cost.day + 1)::DateTime('UTC') AS ChargePeriodEnd,
    cost.day::DateTime('UTC') AS ChargePeriodStart,
    if(category = 'Usage', ifNull(cost.quantity, 1), NULL) AS ConsumedQuantity,
    if(category = 'Usage', unit, NULL) AS ConsumedUnit,
    cost.amount AS ContractedCost,
    cost.amount AS EffectiveCost,
    'OpenAI' AS HostProviderName,
    NULL AS InvoiceDetailId,
    NULL AS InvoiceId,
    'OpenAI' AS InvoiceIssuerName,
    cost.amount AS ListCost,
    if(has_sku, 'Standard', NULL) AS PricingCategory,
    if(category = 'Purchase', 1, ConsumedQuantity) AS PricingQuantity,
    if(category = 'Purchase', 'Charges', ConsumedUnit) AS PricingUnit,
    'AI and Machine Learning' AS ServiceCategory,
    if(service = '', 'Other', initcap(replaceAll(service, '_', ' '))) AS ServiceName,
    'OpenAI' AS ServiceProviderName,
    multiIf(
        service IN ('completions', 'images', 'audio', 'video'), 'Generative AI',
        service IN ('embeddings', 'moderations'), 'Natural Language Processing',
        service = 'fine_tuning', 'Machine Learning',
        service IN ('vector_stores', 'file_search', 'web_search', 'code_interpreter'), 'AI Platforms',
        'Other (AI and Machine Learning)'
    ) AS ServiceSubcategory,
    multiIf(
        NOT has_sku, NULL,
        service IN ('', 'other'), toString(cost.line_item),
        arrayStringConcat(
            arrayFilter(
                part -> part NOT IN ('', 'none'),
                [service, toString(cost.surface), toString(cost.model), toString(cost.modality), toString(cost.token_type), other_unit]),
            '/')
    ) AS SkuId,
    multiIf(
        NOT has_sku, NULL,
        is_of_tokens AND other_unit = '', concat(initcap(replaceAll(cost.token_type, '_', ' ')), ' Tokens'),
        unit
    ) AS SkuMeter,
    if(
        has_sku,
        toJSONString(mapFilter(
            (name, value) -> value != '',
            map(
                'x_Model', toString(cost.model),
                'x_TokenType', toString(cost.token_type),
                'x_Modality', toString(cost.modality),
                'x_ServiceTier', toString(cost.service_tier),
                'x_LongContext', if(cost.long_context, 'true', ''),
                'x_Qualifier', toString(cost.qualifier)))),
        NULL
    ) AS SkuPriceDetails,
    nullIf(concat(cost.line_item, if(other_unit = '', '', concat(' / ', other_unit))), '') AS SkuPriceId,
    nullIf(cost.project_id, '') AS SubAccountId,
    if(cost.project_id = '', NULL, coalesce(nullIf(project.name, ''), nullIf(cost.project_name, ''))) AS SubAccountName,
    if(cost.project_id = '', NULL, 'Project') AS SubAccountType,
    cost.tenant_id AS x_TenantId,
    cost.integration_id AS x_IntegrationId,
    nullIf(organization.organization_id, '') AS x_OrganizationId,
    nullIf(cost.line_item, '') AS x_LineItem,
    cost.service AS x_Service,
    nullIf(cost.model, '') AS x_Model,
    cost.token_type AS x_TokenType,
    nullIf(cost.modality, '') AS x_Modality,
    nullIf(cost.service_tier, '') AS x_ServiceTier,
    nullIf(cost.surface, '') AS x_Surface,
    cost.long_context AS x_LongContext,
    nullIf(cost.api_key_id, '') AS x_ApiKeyId,
    nullIf(api_key.name, '') AS x_ApiKeyName,
    nullIf(cost.user_id, '') AS x_UserId,
    coalesce(nullIf(cost.user_email, ''), nullIf(user.email, '')) AS x_UserEmail,
    nullIf(cost.api_source, '') AS x_ApiSource,
    cost.quantity AS x_Quantity,
    nullIf(cost.quantity_unit, '') AS x_QuantityUnit,
    cost.amount_verbatim AS x_AmountVerbatim,
    nullIf(cost.extra, '') AS x_Extra,
    cost.synced_at AS x_SyncedAt
FROM costs AS cost
LEFT JOIN organizations AS organization
    ON organization.tenant_id = cost.tenant_id AND organization.integration_id = cost.integration_id
LEFT JOIN listed_projects AS project
    ON project.tenant_id = cost.tenant_id AND project.integration_id = cost.integration_id AND project.id = cost.project_id
LEFT JOIN listed_keys AS api_key
    ON api_key.tenant_id = cost.tenant_id AND api_key.integration_id = cost.integration_id AND api_key.id = cost.api_key_id
LEFT JOIN listed_users AS user
    ON user.tenant_id = cost.tenant_id AND user.integration_id = cost.integration_id AND user.id = cost.user_id
SETTINGS apply_mutations_on_fly = 1
COMMENT 'Costs in the shape of FOCUS 1.4 (FinOps Open Cost and Usage Specification), one row per cost fact. FOCUS-shaped, not conformant: OpenAI''s costs API has no list prices, unit prices, commitments, invoices or resources, so those columns are left out or say so. ListUnitPrice and ContractedUnitPrice are left out although OpenAI publishes list prices: no API tells them; unit_costs has the effective ones. Tools made for FOCUS up to 1.2 read the view focus_1_2'
