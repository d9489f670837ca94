-- Projects by name: those that OpenAI lists, and those that only have costs.
CREATE OR REPLACE VIEW projects
(
    tenant_id LowCardinality(String) COMMENT 'Tenant that owns the integration',
    integration_id LowCardinality(String) COMMENT 'Integration that the project was read through',
    project_id String COMMENT 'OpenAI project, verbatim',
    project_name String COMMENT 'The listed name; the name on its latest cost row where the key may not list projects; otherwise the id',
    project_label String COMMENT 'The name; where several projects of the tenant share it, with the end of the id',
    status LowCardinality(String) COMMENT 'active or archived, verbatim; empty where the key may not list projects',
    residency LowCardinality(String) COMMENT 'Where the project''s data reside, verbatim: GLOBAL, EU_STORAGE, …; empty where OpenAI does not say'
)
SQL SECURITY INVOKER
AS
WITH
    listed AS
    (
        SELECT tenant_id, integration_id, id AS project_id, name AS listed_name, status AS listed_status, residency AS listed_residency, '' AS billed_name, toDate(0) AS day
        FROM name_records FINAL
        WHERE kind = 'project'
    ),
    -- The distinct projects of each day, so that few rows are grouped below.
    billed AS
    (
        SELECT tenant_id, integration_id, project.1 AS project_id, '' AS listed_name, '' AS listed_status, '' AS listed_residency, project.2 AS billed_name, day
        FROM cost_days FINAL
        ARRAY JOIN arrayDistinct(arrayZip(items.project_id, items.project_name)) AS project
    ),
    named AS
    (
        SELECT
            tenant_id, integration_id, project_id,
            coalesce(nullIf(max(listed_name), ''), nullIf(argMaxIf(billed_name, day, billed_name != ''), ''), project_id) AS project_name,
            max(listed_status) AS status,
            max(listed_residency) AS residency
        FROM (SELECT * FROM listed UNION ALL SELECT * FROM billed)
        WHERE project_id != ''
        GROUP BY tenant_id, integration_id, project_id
    )
SELECT
    tenant_id, integration_id, project_id, project_name,
    if(
        uniqExact(project_id) OVER (PARTITION BY tenant_id, project_name) = 1,
        project_name,
        concat(project_name, ' (…', rightUTF8(project_id, 6), ')')
    ) AS project_label,
    status, residency
FROM named
SETTINGS apply_mutations_on_fly = 1
COMMENT 'One row per project that is listed or has costs'
