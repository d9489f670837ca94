SELECT integration_id, api_key_id, api_key_name, api_key_label, project_id
FROM {{ source('openai_costs', 'api_keys') }}
WHERE tenant_id = '{{ var("openai_tenant") }}'
