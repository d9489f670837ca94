import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { type ExampleQuery, readExampleQueries } from './example-queries.ts';

/** What people ask for comes first; a view that is not named here comes after them. */
const READING_ORDER = ['costs', 'usage', 'model_days', 'unit_costs', 'price_changes', 'restatements', 'revisions'];

const table = z.object({ name: z.string(), is_view: z.boolean(), comment: z.string() });
const column = z.object({ table: z.string(), name: z.string(), type: z.string(), comment: z.string() });
type Table = z.infer<typeof table> & { columns: z.infer<typeof column>[] };

/** `docs/warehouse.md` of a migrated database, made of the comments that its tables, views and columns carry. */
export async function renderWarehouse(warehouse: Warehouse): Promise<string> {
  const tables = await describe(warehouse);
  const views = tables.filter(({ is_view }) => is_view).sort((a, b) => rank(a) - rank(b));
  const queries = await readExampleQueries();
  return `${[
    '# The warehouse',
    '',
    'Made by `npm run docs` from the comments in the database, which a SQL client shows too. Days are UTC days. Money is',
    '`Decimal(38, 18)`, exact: sum it in SQL, never in floating point. Filter on `tenant_id` and `day`: that is how the',
    'data is ordered.',
    '',
    '## Views',
    '',
    tableOf(
      ['View', 'What it is'],
      views.map(({ name, comment }) => [`[\`${name}\`](#${name})`, comment]),
    ),
    ...views.flatMap(sectionOf),
    '## Tables',
    '',
    'What the views are made of. Their shape may change; the views stay.',
    '',
    ...tables.filter(({ is_view }) => !is_view).flatMap(sectionOf),
    '## Questions',
    '',
    'Each is a file in `docs/queries/`. `local` is the tenant of a laptop: put yours in its place.',
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
  // The columns of a Nested are one here: they are named as those of the view over them.
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
  return [`### ${name}`, '', `${comment.replace(/\.$/, '')}.`, '', tableOf(['Column', 'Type', 'What it is'], rows)];
}

/** LowCardinality is how values are stored: to a reader the type is what is inside. */
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
