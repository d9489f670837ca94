import { columnList, sql } from '../client/sql.ts';
import type { FactTable } from './fact-table.ts';
import type { AggregateQuestion } from './question.ts';

/** The names of ids that are listed, a table (id, name) per dimension. */
export const nameTables = (table: FactTable, question: AggregateQuestion) =>
  Object.fromEntries(namedIds(table, question).map(({ field, listed }) => [`${field}s`, listed]));

/**
 * SQL step `page`: the totals of all as its first row, then the requested groups with their names. Arrays are in the
 * order of group_by, or of the table's measures. Groups that are not on the page sort last, so that they need no filter.
 */
export function page(table: FactTable, question: AggregateQuestion): string {
  const { group_by, labels } = question;
  const ids = namedIds(table, question);
  const columns = [
    `${isOnPage(table, question)} AS is_on_page`,
    'period',
    `${array(group_by)} AS keys`,
    `${array(group_by.map((dimension) => nameOf(table, dimension)))} AS names`,
    ...(labels ? [`${array(group_by.map((dimension) => labelOf(table, dimension)))} AS labels`] : []),
    ...sumsOf(table, question),
    ...Object.keys(table.groupColumns).map((name) => `group_${name}`),
  ];
  return sql`
    SELECT tuple(
        ${columns.join(',\n')}
      ) AS row
    FROM groups
    ${ids.map(({ id, field }) => `LEFT JOIN ${field}s ON ${field}s.id = groups.${id}`).join('\n')}
    ORDER BY ${['is_total DESC', 'is_on_page DESC', ...orderOf(question)].join(', ')}
    LIMIT {rows: UInt32}`;
}

/** The sums of a row and, where the range is compared, those of the previous one and their changes. */
function sumsOf({ measures, contributions }: FactTable, { compare }: AggregateQuestion): string[] {
  const of = (column: (measure: string) => string) => array(Object.keys(measures).map(column));
  const sum = (range: string) => (measure: string) =>
    contributions[measure]
      ? `if(is_total = 1, ${range}_contributed_${measure}, ${range}_${measure})`
      : `${range}_${measure}`;
  const [group, previous] = [sum('group'), sum('previous')];
  if (!compare) return [`${of(group)} AS group_sums`];
  return [
    `${of(group)} AS group_sums`,
    `${of(previous)} AS previous_sums`,
    `${of((name) => `${group(name)} - ${previous(name)}`)} AS changes`,
  ];
}

/** Whether a group comes after the given position and contains the searched text. */
function isOnPage(table: FactTable, question: AggregateQuestion): string {
  const { group_by, after, search } = question;
  const start = orderOf(question, {
    period: '{after_period: Date}',
    value: '{after_value: Decimal(38, 18)}',
    key: (dimension) => `{after_${dimension}: String}`,
  });
  const [key = ''] = group_by;
  const searched = [key, ...(table.names[key] ? [table.names[key].field] : [])];
  const contains = (column: string) => `positionCaseInsensitiveUTF8(${column}, {search: String}) > 0`;
  const conditions = [
    ...(after ? [`tuple(${orderOf(question).join(', ')}) > tuple(${start.join(', ')})`] : []),
    ...(search ? [`(${searched.map(contains).join(' OR ')})`] : []),
  ];
  return conditions.length > 0 ? `toBool(${conditions.join(' AND ')})` : 'true';
}

type Place = { period: string; value: string; key: (dimension: string) => string };

/** The place of a row in the requested order, ascending; by default in terms of its columns. */
function orderOf({ group_by, order: { by, descending } }: AggregateQuestion, place?: Place): string[] {
  const { period, value, key } = place ?? { period: 'period', value: `group_${by}`, key: (dimension) => dimension };
  return [period, ...(by === 'key' ? [] : [descending ? `-${value}` : value]), ...group_by.map(key)];
}

/** The dimensions of a question whose ids have names. */
const namedIds = ({ names }: FactTable, { group_by }: AggregateQuestion) =>
  group_by.flatMap((id) => (names[id] ? [{ id, ...names[id] }] : []));

/** The listed name of an id, else the one that was billed, else the id; of other dimensions the value. */
function nameOf({ names }: FactTable, id: string): string {
  const { field, billed } = names[id] ?? {};
  if (!field) return id;
  const known = [`nullIf(${field}s.name, '')`, ...(billed ? [`nullIf(toString(billed_${field}), '')`] : [])];
  return `coalesce(${known.join(', ')}, toString(${id})) AS ${field}`;
}

/** A name, which ends with the end of the id where several ids of the groups have the same name. */
function labelOf({ names }: FactTable, id: string): string {
  const field = names[id]?.field;
  if (!field) return id;
  return `if(count() OVER (PARTITION BY is_total, ${field}) = 1, ${field}, concat(${field}, ' (…', rightUTF8(toString(${id}), 6), ')'))`;
}

const array = (columns: readonly string[]) => {
  const list = columnList(columns);
  return list.includes('\n') ? `[\n  ${list.replaceAll('\n', '\n  ')}\n]` : `[${list}]`;
};
