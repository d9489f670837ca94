-- Users for a ClickHouse server of your own. Run it before the first migration, as a user with access management, in the
-- database that holds the tables. It is idempotent: run it again when a version brings new views, or to set passwords.
-- docker-compose.yml does so at each start.
--
--   clickhouse-client --user default --password --database default --queries-file clickhouse/schema/access.sql \
--     --param_migrate_password=… --param_ingest_password=… --param_api_password=… --param_analyst_password=…
--
-- It needs ClickHouse 26.7.6.5, or 26.6.4.10, 26.5.8.18 or 26.3.22.6, or later. In earlier versions the table function
-- mergeTreeIndex ignores the row policies below: it shows the keys of all rows of a table to every user who may read one
-- of them (ClickHouse's #115304). mergeTreeAnalyzeIndexes may still answer for all rows: by halving, an analyst finds out
-- tenant ids and days, never an amount. Where analysts of several tenants read, let tenant ids say nothing.
--
-- Passwords are parameters, never in this file. Start the migration with CLICKHOUSE_USER=migrate, the worker with
-- CLICKHOUSE_USER=ingest and the API with CLICKHOUSE_USER=api.
--
-- | user    | may                                                                                               |
-- | ------- | ------------------------------------------------------------------------------------------------- |
-- | migrate | make and change tables and views, read and write everything                                       |
-- | ingest  | read, insert and delete everything                                                                |
-- | api     | read all but what is sealed; insert that, budgets, channels, saved views, acknowledgements, audit |
-- | analyst | read the views, rows of its own tenant only, no sealed keys. Read-only, limits and a quota        |
--
-- A view runs with the rights of the user who reads it. So analysts are also granted the tables that the views read, and
-- a row policy on each table leaves only the rows of the analyst's tenant. The tenant is a setting of the user that the
-- user cannot change (CONST); a user without it has '' and sees no row. ClickHouse's default configuration allows custom settings
-- with the prefix SQL_; where custom_settings_prefixes was changed, it has to list SQL_.

-- The migration. The materialized views, which it makes, write with its rights.
CREATE SETTINGS PROFILE OR REPLACE migrate SETTINGS max_memory_usage = 8000000000;
CREATE USER IF NOT EXISTS migrate IDENTIFIED BY {migrate_password:String} SETTINGS PROFILE 'migrate';
ALTER USER migrate IDENTIFIED BY {migrate_password:String};
GRANT SELECT, INSERT, ALTER, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW ON * TO migrate;
GRANT SELECT ON system.mutations TO migrate; -- what is purged while it copies a table

-- The worker. It deletes what is purged, and keys that nothing uses.
CREATE SETTINGS PROFILE OR REPLACE ingest SETTINGS
    max_memory_usage = 4000000000 MIN 1 MAX 4000000000,
    max_memory_usage_for_user = 8000000000 CONST;
CREATE USER IF NOT EXISTS ingest IDENTIFIED BY {ingest_password:String};
ALTER USER ingest IDENTIFIED BY {ingest_password:String} SETTINGS PROFILE 'ingest';
-- It had these until 0.1.0, and the right to delete from any table.
REVOKE ALTER, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW ON * FROM ingest;
GRANT SELECT, INSERT ON * TO ingest;
GRANT ALTER DELETE ON cost_days TO ingest;
GRANT ALTER DELETE ON usage_days TO ingest;
GRANT ALTER DELETE ON day_reads TO ingest;
GRANT ALTER DELETE ON cost_day_revisions TO ingest;
GRANT ALTER DELETE ON name_records TO ingest;
GRANT ALTER DELETE ON limit_days TO ingest;
GRANT ALTER DELETE ON alert_events TO ingest;
GRANT ALTER DELETE ON integration_records TO ingest;
GRANT ALTER DELETE ON budgets TO ingest;
GRANT ALTER DELETE ON credentials TO ingest;
GRANT ALTER DELETE ON channel_secrets TO ingest;
GRANT SELECT ON system.mutations TO ingest; -- a purge waits for its mutations

-- The API. Its statements set their own time limits within these bounds. An export may stream for an hour.
CREATE SETTINGS PROFILE OR REPLACE api SETTINGS
    max_execution_time = 30 MIN 1 MAX 3600,
    max_memory_usage = 4000000000 MIN 1 MAX 4000000000,
    max_memory_usage_for_user = 12000000000 CONST,
    allow_ddl = 0 CONST;
CREATE USER IF NOT EXISTS api IDENTIFIED BY {api_password:String} SETTINGS PROFILE 'api';
ALTER USER api IDENTIFIED BY {api_password:String};
GRANT SELECT ON * TO api;
REVOKE SELECT ON credentials FROM api;
GRANT INSERT ON credentials TO api;
GRANT INSERT ON budgets TO api;
GRANT INSERT ON alert_events TO api;
GRANT INSERT ON anomaly_settings TO api;
REVOKE SELECT ON channel_secrets FROM api;
GRANT INSERT ON channel_secrets TO api;
GRANT INSERT ON channels TO api;
GRANT INSERT ON audit_events TO api;
GRANT INSERT ON saved_views TO api;

-- Analysts: people and dashboards. Clients that send settings of their own need readonly = 2; the bounds still hold.
CREATE SETTINGS PROFILE OR REPLACE analysts SETTINGS
    readonly = 1,
    SQL_tenant_id = '' CONST,
    max_execution_time = 60 MIN 1 MAX 300 CHANGEABLE_IN_READONLY,
    max_memory_usage = 4000000000 MIN 1 MAX 4000000000,
    max_memory_usage_for_user = 8000000000 CONST,
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
GRANT SELECT ON spend_limits TO analysts;

-- … and the tables that they read, each with the row policy below.
GRANT SELECT ON cost_days TO analysts;
GRANT SELECT ON usage_days TO analysts;
GRANT SELECT ON day_reads TO analysts;
GRANT SELECT ON cost_day_revisions TO analysts;
GRANT SELECT ON name_records TO analysts;
GRANT SELECT ON limit_days TO analysts;
GRANT SELECT(tenant_id, integration_id, version, organization_id, organization_name, status, problem, connected_at, history_from, history_to, key_expires_at, host)
    ON integration_records TO analysts;

CREATE ROW POLICY OR REPLACE own_tenant
    ON cost_days, usage_days, day_reads, cost_day_revisions, name_records, limit_days, integration_records
    USING tenant_id = getSetting('SQL_tenant_id')
    TO analysts;
-- On every table: the users that serve all tenants, and the one who runs this. Any other that is ever granted a table sees no row of it.
CREATE ROW POLICY OR REPLACE every_tenant
    ON cost_days, usage_days, day_reads, cost_day_revisions, name_records, limit_days, integration_records, credentials,
       budgets, alert_events, anomaly_settings, channels, channel_secrets, deliveries, audit_events, saved_views,
       tenant_revisions
    USING true
    TO migrate, ingest, api, CURRENT_USER;

-- An analyst of the tenant `local`, the default TENANT_ID. For an analyst of another tenant, copy these two statements.
CREATE USER IF NOT EXISTS analyst IDENTIFIED BY {analyst_password:String} SETTINGS SQL_tenant_id = 'local' CONST;
GRANT analysts TO analyst;

-- A user that reads as `analyst` does and also writes, into the database `analytics`: for dbt and ibis. Take it out of the
-- comment where there is one tenant only, because parts that are copied whole (ATTACH PARTITION FROM, CLONE AS) and
-- materialized views carry rows past the policies above.
--
-- CREATE DATABASE IF NOT EXISTS analytics;
-- CREATE USER IF NOT EXISTS analytics_writer IDENTIFIED BY {analytics_writer_password:String}
--     SETTINGS SQL_tenant_id = 'local' CONST, readonly = 0;
-- GRANT analysts TO analytics_writer;
-- GRANT SELECT, INSERT, ALTER, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, TRUNCATE, OPTIMIZE ON analytics.* TO analytics_writer;
-- GRANT CREATE TEMPORARY TABLE ON *.* TO analytics_writer;
