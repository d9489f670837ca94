SELECT integration_id, project_id, project_name, project_label, status
FROM {{ source('openai_costs', 'projects') }}
WHERE tenant_id = '{{ var("openai_tenant") }}'
