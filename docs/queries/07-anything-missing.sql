-- Is anything missing?
-- Missing days were never read, such as all days of an endpoint that refuses the key. Partial days were last read
-- before they had ended.
SELECT organization_label AS organization, dataset, missing_days, partial_days, empty_days, complete_through,
    last_synced_at
FROM gaps
JOIN integrations USING (tenant_id, integration_id)
WHERE tenant_id = 'local'
ORDER BY missing_days DESC, dataset
