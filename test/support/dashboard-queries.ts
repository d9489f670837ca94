import dashboard from '#grafana/dashboards/openai-costs.json' with { type: 'json' };
import { tenant_id } from '../fixtures/sample-organization.ts';

/** Expands macros as Grafana and its ClickHouse plugin do, for the last 90 days. */
export function expandMacros(sql: string): string {
  return sql
    .replaceAll(/\$__dateFilter\((\w+)\)/g, `$1 >= toDate(now() - INTERVAL 90 DAY) AND $1 <= toDate(now())`)
    .replaceAll(/\$\{tenant_id:sqlstring\}/g, `'${tenant_id}'`)
    .replaceAll(/\$\{currency:sqlstring\}/g, `'usd'`);
}

/** Every query of the dashboard, as Grafana sends it for the sample organization. */
export const dashboardQueries = [
  ...dashboard.templating.list.map(({ label, query }) => ({ title: label, sql: query })),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ rawSql }) => ({ title, sql: rawSql }))),
].map(({ title, sql }) => ({ title, sql: expandMacros(sql) }));
