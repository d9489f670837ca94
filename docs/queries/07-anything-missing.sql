-- Is anything missing?
-- A day without a row in coverage was never synced; one that is not complete was read before it ended.
SELECT integrations.organization_name AS organization, dataset,
    dateDiff('day', any(history_from), today()) - countIf(day >= history_from AND day < today()) AS missing_days,
    countIf(NOT complete AND day < today()) AS partial_days,
    countIf(items = 0) AS empty_days,
    max(synced_at) AS last_synced_at
FROM integrations
JOIN coverage USING (tenant_id, integration_id)
WHERE tenant_id = 'local'
GROUP BY integration_id, organization, dataset
ORDER BY missing_days DESC, dataset
