import { sql } from '../client/sql.ts';
import type { FactTable } from './fact-table.ts';
import type { AggregateQuestion } from './question.ts';

/** The names of ids that are listed, a table (id, name) per dimension. */
export const nameTables = (table: FactTable, { group_by }: AggregateQuestion) =>
  Object.fromEntries(
    group_by.flatMap((dimension) => {
      const source = table.names[dimension];
      return source ? [[`${source.field}s`, source.listed]] : [];
    }),
  );

/**
 * Adds a name to each id: the listed one, else the one that was billed, else the id itself. And a label where labels are
 * requested: where several ids of the groups have the same name, it ends with the end of the id.
 */
export function withNames(table: FactTable, { group_by, labels }: AggregateQuestion, groups: string): string {
  const sources = group_by.flatMap((id) => (table.names[id] ? [{ id, ...table.names[id] }] : []));
  const columns = sources.map(({ id, field, billed }) => {
    const names = [`nullIf(${field}s.name, '')`, ...(billed ? [`nullIf(toString(billed_${field}), '')`] : [])];
    return `coalesce(${names.join(', ')}, toString(${id})) AS ${field}`;
  });
  const joins = sources.map(({ id, field }) => `LEFT JOIN ${field}s ON ${field}s.id = ${groups}.${id}`);
  const label = ({ id, field }: { id: string; field: string }) =>
    `if(count() OVER (PARTITION BY ${field}) = 1, ${field}, concat(${field}, ' (…', rightUTF8(toString(${id}), 6), ')')) AS label`;
  return sql`
    SELECT
      ${[`${groups}.*`, ...columns, ...(labels ? sources.map(label) : [])].join(',\n')}
    FROM ${groups}
    ${joins.join('\n')}`;
}

/** The groups after the given position. The first row is kept too: it has the totals if no group comes after. */
export function page(table: FactTable, question: AggregateQuestion, groups: string): string {
  const { group_by, after, search } = question;
  const position = orderOf(question);
  const start = orderOf(question, {
    period: '{after_period: Date}',
    value: '{after_value: Decimal(38, 18)}',
    key: (dimension) => `{after_${dimension}: String}`,
  });
  const [key = ''] = group_by;
  const searched = [key, ...(table.names[key] ? [table.names[key].field] : [])];
  const contains = (column: string) => `positionCaseInsensitiveUTF8(${column}, {search: String}) > 0`;
  const conditions = [
    ...(after ? ['(is_on_page OR row_position = 1)'] : []),
    ...(search ? [`(${searched.map(contains).join(' OR ')})`] : []),
  ];
  return sql`
    SELECT
      *,
      ${after ? `toBool(tuple(${position.join(', ')}) > tuple(${start.join(', ')}))` : 'true'} AS is_on_page
    FROM ${groups}
    ${conditions.length > 0 ? `WHERE ${conditions.join('\n  AND ')}` : ''}
    ORDER BY ${['is_on_page DESC', ...position].join(', ')}
    LIMIT {rows: UInt32}`;
}

type Place = { period: string; value: string; key: (dimension: string) => string };

/** The place of a row in the requested order, ascending; by default in terms of its columns. */
export function orderOf({ group_by, order: { by, descending } }: AggregateQuestion, place?: Place): string[] {
  const { period, value, key } = place ?? { period: 'period', value: `group_${by}`, key: (dimension) => dimension };
  return [period, ...(by === 'key' ? [] : [descending ? `-${value}` : value]), ...group_by.map(key)];
}
