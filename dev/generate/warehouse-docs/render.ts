import type { Warehouse } from '#clickhouse/client/client.ts';
import { describeTables, type Table } from './describe-tables.ts';
import { type ExampleQuery, readExampleQueries } from './example-queries.ts';
import { isStable } from './is-stable.ts';
import { withoutStorage } from './without-storage.ts';

/** The most used views come first, then all others by name. */
const READING_ORDER = ['costs', 'usage', 'model_days', 'unit_costs', 'price_changes', 'restatements', 'revisions'];

/** The text of `docs/warehouse.md`, from the comments of a migrated database's tables, views and columns. */
export async function renderWarehouse(warehouse: Warehouse): Promise<string> {
  const tables = await describeTables(warehouse);
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
    'A stable column keeps its name, its type and its meaning; so does a view. When one has to change, `CHANGELOG.md` names it',
    'under the version that changes it, and a test fails until it does. What may change says "Not stable". Views gain columns:',
    'name the columns that you read.',
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

function rank({ name }: Table): number {
  const index = READING_ORDER.indexOf(name);
  return index < 0 ? READING_ORDER.length : index;
}

function sectionOf(table: Table): string[] {
  const { name, comment, columns, is_view } = table;
  const rows = columns.map((each) => [`\`${each.name}\``, withoutStorage(each.type), each.comment]);
  return [
    `### ${name}`,
    '',
    `${comment.replace(/\.$/, '')}.`,
    '',
    ...(is_view ? [stabilityOf(table), ''] : []),
    tableOf(['Column', 'Type', 'Description'], rows),
  ];
}

function stabilityOf(view: Table): string {
  if (!isStable(view)) return 'Stable columns: none.';
  const others = view.columns.filter((column) => !isStable(column)).map(({ name }) => `\`${name}\``);
  return `Stable columns: all${others.length > 0 ? ` but ${others.join(' and ')}` : ''}.`;
}

function questionOf({ title, sql }: ExampleQuery): string[] {
  return [`### ${title}`, '', '```sql', sql, '```', ''];
}

function tableOf(header: string[], rows: string[][]): string {
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`);
  return [...lines, ''].join('\n');
}

const inCell = (cell: string) => cell.replaceAll('|', '\\|');
