import { stringify } from 'yaml';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { describeTables } from './describe-tables.ts';
import { isStable } from './is-stable.ts';

/** The tenant's rows alone, and the column by which a source is as old as its latest read. */
const FRESHNESS = {
  loaded_at_field: 'synced_at',
  freshness: {
    warn_after: { count: 36, period: 'hour' },
    error_after: { count: 72, period: 'hour' },
    filter: `tenant_id = '{{ var("openai_tenant") }}'`,
  },
};
/** Read daily, whether or not anything changed. */
const READ_DAILY = ['coverage'];

/** The text of `dbt/models/sources.yml`: the stable views and columns, described by their own comments. */
export async function renderDbtSources(warehouse: Warehouse): Promise<string> {
  const views = (await describeTables(warehouse)).filter((table) => table.is_view && isStable(table));
  const tables = views.map(({ name, comment, columns }) => ({
    name,
    description: comment,
    ...(READ_DAILY.includes(name) && { config: FRESHNESS }),
    columns: columns.filter(isStable).map((column) => ({ name: column.name, description: column.comment })),
  }));
  const source = {
    name: 'openai_costs',
    description: "The warehouse's stable views: one organization's OpenAI costs and usage, day by day",
    schema: '{{ var("openai_schema") }}',
    tables,
  };
  return `# Written by npm run generate from the comments in the database.\n${stringify({ version: 2, sources: [source] }, { lineWidth: 0 })}`;
}
