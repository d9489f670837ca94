-- Users for a ClickHouse server of your own. Run it after the database was migrated, as a user with access
-- management, in the database that holds the tables. It is idempotent: run it again when a version brings new views.
--
--   clickhouse-client --user default --password --database default --queries-file clickhouse/schema/access.sql \
--     --param_ingest_password=… --param_api_password=… --param_analyst_password=…
--
-- It needs ClickHouse 26.7.6.5, or 26.6.4.10, 26.5.8.18 or 26.3.22.6, or later. In earlier versions the table function
-- mergeTreeIndex ignores the row policies below: it shows the keys of all rows of a table to every user who may read one
-- of them (ClickHouse's #115304).
--
-- Passwords are parameters, never in this file. To change one later: ALTER USER api IDENTIFIED BY '…'. Then start the
-- worker with CLICKHOUSE_USER=ingest and the API with CLICKHOUSE_USER=api.
--
-- | user    | may                                                                                               |
-- | ------- | ------------------------------------------------------------------------------------------------- |
-- | ingest  | migrate, read and write everything                                                                |
-- | api     | read everything but sealed keys; insert sealed keys, budgets and acknowledgements                  |
-- | analyst | read the views, rows of its own tenant only, no sealed keys. Read-only, limits and a quota         |
--
-- A view runs with the rights of the user who reads it. So analysts are also granted the tables that the views read, and
-- a row policy on each table leaves only the rows of the analyst's tenant. The tenant is a setting of the user that the
-- user cannot change (CONST); a user without it is refused. ClickHouse's default configuration allows custom settings
-- with the prefix SQL_; where custom_settings_prefixes was changed, it has to list SQL_.

-- The worker.
CREATE USER IF NOT EXISTS ingest IDENTIFIED BY {ingest_password:String};
GRANT SELECT, INSERT, ALTER, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW ON * TO ingest;

-- The API. Its statements set their own time limits within these bounds. An export may stream for an hour.
CREATE SETTINGS PROFILE OR REPLACE api SETTINGS
    max_execution_time = 30 MIN 1 MAX 3600,
    max_memory_usage = 4000000000 MIN 1 MAX 4000000000,
    allow_ddl = 0 CONST;
CREATE USER IF NOT EXISTS api IDENTIFIED BY {api_password:String} SETTINGS PROFILE 'api';
GRANT SELECT ON * TO api;
REVOKE SELECT ON credentials FROM api;
GRANT INSERT ON credentials TO api;
GRANT INSERT ON budgets TO api;
GRANT INSERT ON alert_events TO api;

-- Analysts: people and dashboards. Clients that send settings of their own need readonly = 2; the bounds still hold.
CREATE SETTINGS PROFILE OR REPLACE analysts SETTINGS
    readonly = 1,
    max_execution_time = 60 MIN 1 MAX 300 CHANGEABLE_IN_READONLY,
    max_memory_usage = 4000000000 MIN 1 MAX 4000000000,
    max_result_rows = 1000000 MIN 1 MAX 10000000,
    max_result_bytes = 1000000000 MIN 1 MAX 1000000000,
    result_overflow_mode = 'throw' CONST,
    max_concurrent_queries_for_user = 40 CONST;
CREATE ROLE IF NOT EXISTS analysts SETTINGS PROFILE 'analysts';
CREATE QUOTA OR REPLACE analysts KEYED BY user_name
    FOR INTERVAL 1 hour MAX queries = 2000, execution_time = 1800, read_rows = 10000000000
    TO analysts;

-- The views …
GRANT SELECT ON costs TO analysts;
GRANT SELECT ON usage TO analysts;
GRANT SELECT ON model_days TO analysts;
GRANT SELECT ON unit_costs TO analysts;
GRANT SELECT ON priced_lines TO analysts;
GRANT SELECT ON price_changes TO analysts;
GRANT SELECT ON unknown_line_items TO analysts;
GRANT SELECT ON model_mismatches TO analysts;
GRANT SELECT ON model_quantities TO analysts;
GRANT SELECT ON focus TO analysts;
GRANT SELECT ON focus_1_2 TO analysts;
GRANT SELECT ON restatements TO analysts;
GRANT SELECT ON revisions TO analysts;
GRANT SELECT ON reconciliation TO analysts;
GRANT SELECT ON coverage TO analysts;
GRANT SELECT ON gaps TO analysts;
GRANT SELECT ON projects TO analysts;
GRANT SELECT ON api_keys TO analysts;
GRANT SELECT ON users TO analysts;
GRANT SELECT ON integrations TO analysts;

-- … and the tables that they read, each with the row policy below.
GRANT SELECT ON cost_days TO analysts;
GRANT SELECT ON usage_days TO analysts;
GRANT SELECT ON day_reads TO analysts;
GRANT SELECT ON cost_day_revisions TO analysts;
GRANT SELECT ON name_records TO analysts;
GRANT SELECT(tenant_id, integration_id, version, organization_id, organization_name, status, problem, connected_at, history_from, history_to)
    ON integration_records TO analysts;

CREATE ROW POLICY OR REPLACE own_tenant
    ON cost_days, usage_days, day_reads, cost_day_revisions, name_records, integration_records
    USING tenant_id = getSetting('SQL_tenant_id')
    TO analysts;
-- Once a table has a policy, some servers show no rows to users without one.
CREATE ROW POLICY OR REPLACE every_tenant
    ON cost_days, usage_days, day_reads, cost_day_revisions, name_records, integration_records
    USING true
    TO ALL EXCEPT analysts;

-- An analyst of the tenant `local`, the default TENANT_ID. For an analyst of another tenant, copy these two statements.
CREATE USER IF NOT EXISTS analyst IDENTIFIED BY {analyst_password:String} SETTINGS SQL_tenant_id = 'local' CONST;
GRANT analysts TO analyst;
