import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { type ExampleQuery, readExampleQueries } from './example-queries.ts';

/** The most used views come first, then all others by name. */
const READING_ORDER = ['costs', 'usage', 'model_days', 'unit_costs', 'price_changes', 'restatements', 'revisions'];

const table = z.object({ name: z.string(), is_view: z.boolean(), comment: z.string() });
const column = z.object({ table: z.string(), name: z.string(), type: z.string(), comment: z.string() });
type Table = z.infer<typeof table> & { columns: z.infer<typeof column>[] };

/** The text of `docs/warehouse.md`, from the comments of a migrated database's tables, views and columns. */
export async function renderWarehouse(warehouse: Warehouse): Promise<string> {
  const tables = await describe(warehouse);
  const views = tables.filter(({ is_view }) => is_view).sort((a, b) => rank(a) - rank(b));
  const queries = await readExampleQueries();
  return `${[
    '# The warehouse',
    '',
    'Written by `npm run generate` from the comments in the database; SQL clients show them, too. Days are UTC days. Money is',
    '`Decimal(38, 18)`, exact: sum it in SQL, never in floating point. Filter by `tenant_id` and `day`: the data is sorted',
    'by them.',
    '',
    '## Views',
    '',
    tableOf(
      ['View', 'Description'],
      views.map(({ name, comment }) => [`[\`${name}\`](#${name})`, comment]),
    ),
    ...views.flatMap(sectionOf),
    '## Tables',
    '',
    'The views read these tables. Tables may change their columns between versions; views keep theirs.',
    '',
    ...tables.filter(({ is_view }) => !is_view).flatMap(sectionOf),
    '## Questions',
    '',
    'Each query is a file in `docs/queries/`. `local` is the tenant of a laptop: replace it with yours.',
    '',
    ...queries.flatMap(questionOf),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

async function describe(warehouse: Warehouse): Promise<Table[]> {
  const tables = await warehouse.query({
    name: 'tables',
    sql: `SELECT name, toBool(engine = 'View') AS is_view, comment FROM system.tables
          WHERE database = currentDatabase() ORDER BY name`,
    row: table,
  });
  // The columns of a Nested are one row here, because they have the names of the columns of the view over them.
  const columns = await warehouse.query({
    name: 'columns',
    sql: `SELECT table, splitByChar('.', name)[1] AS name, if(count() > 1, 'Nested', any(type)) AS type,
            any(comment) AS comment
          FROM system.columns WHERE database = currentDatabase()
          GROUP BY table, name ORDER BY table, min(position)`,
    row: column,
  });
  return tables.map((each) => ({ ...each, columns: columns.filter(({ table: of }) => of === each.name) }));
}

function rank({ name }: Table): number {
  const index = READING_ORDER.indexOf(name);
  return index < 0 ? READING_ORDER.length : index;
}

function sectionOf({ name, comment, columns }: Table): string[] {
  const rows = columns.map((each) => [`\`${each.name}\``, withoutStorage(each.type), each.comment]);
  return [`### ${name}`, '', `${comment.replace(/\.$/, '')}.`, '', tableOf(['Column', 'Type', 'Description'], rows)];
}

/** Without LowCardinality, which only says how values are stored. */
function withoutStorage(type: string): string {
  return type.replaceAll(/LowCardinality\(((?:[^()]|\([^()]*\))*)\)/g, '$1');
}

function questionOf({ title, sql }: ExampleQuery): string[] {
  return [`### ${title}`, '', '```sql', sql, '```', ''];
}

function tableOf(header: string[], rows: string[][]): string {
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`);
  return [...lines, ''].join('\n');
}

const inCell = (cell: string) => cell.replaceAll('|', '\\|');
