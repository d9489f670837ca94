-- Reads that were noted without it: the same version again, with what the day itself says.
INSERT INTO day_reads (tenant_id, integration_id, dataset, day, version, items, dropped_dimensions)
SELECT noted.tenant_id, noted.integration_id, noted.dataset, noted.day, noted.version, noted.items, days.dropped_dimensions
FROM (SELECT * FROM day_reads FINAL) AS noted
JOIN
(
    SELECT tenant_id, integration_id, 'costs' AS dataset, day, dropped_dimensions FROM cost_days FINAL
    UNION ALL
    SELECT tenant_id, integration_id, dataset, day, dropped_dimensions FROM usage_days FINAL
) AS days USING (tenant_id, integration_id, dataset, day)
WHERE noted.dropped_dimensions != days.dropped_dimensions
