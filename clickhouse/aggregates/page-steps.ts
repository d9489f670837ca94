import { columnList, sql } from '../client/sql.ts';
import type { FactTable } from './fact-table.ts';
import type { AggregateQuestion } from './question.ts';

/** The names of ids that are listed, a table (id, name) per dimension. */
export const nameTables = (table: FactTable, question: AggregateQuestion) =>
  Object.fromEntries(namedIds(table, question).map(({ field, listed }) => [`${field}s`, listed]));

/**
 * SQL steps: `page` has the requested groups with their names and the totals of all, `answer` both in one row. Arrays are
 * in the order of group_by, or of the table's measures. The rows that are not on the page sort last; one of them has the
 * totals where no other row is left. All in one SELECT, since each further one costs a few milliseconds.
 */
export function pageSteps(table: FactTable, question: AggregateQuestion) {
  const { group_by, compare, labels } = question;
  const sums = sumsOf(table, compare);
  const totals: Record<string, string> = {
    ...sums.totals,
    ...Object.fromEntries(Object.entries(table.totalColumns).map(([name, column]) => [`total_${name}`, column])),
  };
  const columns: Record<string, string> = {
    is_on_page: isOnPage(table, question),
    period: 'period',
    keys: array(group_by),
    names: array(group_by.map((dimension) => table.names[dimension]?.field ?? dimension)),
    ...(labels && { labels: array(group_by.map((dimension) => labelOf(table, dimension))) }),
    ...sums.groups,
    ...Object.fromEntries(Object.keys(table.groupColumns).map((name) => [`group_${name}`, `group_${name}`])),
  };
  const ids = namedIds(table, question);
  const names = ids.map(({ id, field, billed }) => {
    const known = [`nullIf(${field}s.name, '')`, ...(billed ? [`nullIf(toString(billed_${field}), '')`] : [])];
    return `coalesce(${known.join(', ')}, toString(${id})) AS ${field}`;
  });
  return {
    page: sql`
      SELECT
        ${[...names, ...Object.entries({ ...columns, ...totals }).map(([name, column]) => (name === column ? name : `${column} AS ${name}`))].join(',\n')}
      FROM groups
      ${ids.map(({ id, field }) => `LEFT JOIN ${field}s ON ${field}s.id = groups.${id}`).join('\n')}
      ORDER BY ${['is_on_page DESC', ...orderOf(question)].join(', ')}
      LIMIT {rows: UInt32}`,
    answer: sql`
      SELECT
        groupArray(tuple(
          ${Object.keys(columns).join(', ')}
        )) AS rows,
        ${Object.keys(totals)
          .map((name) => `any(${name}) AS ${name}`)
          .join(',\n')}
      FROM page`,
  };
}

/** The sums of a group and of all groups and, where the range is compared, of the previous one and their changes. */
function sumsOf({ measures, contributions }: FactTable, compare: boolean) {
  const of = (column: (measure: string) => string) => array(Object.keys(measures).map(column));
  const total = (range: string) => (measure: string) =>
    `sum(${range}_${contributions[measure] ? `contributed_${measure}` : measure}) OVER ()`;
  const [group, previous] = [total('group'), total('previous')];
  return {
    groups: {
      group_sums: of((name) => `group_${name}`),
      ...(compare && {
        previous_sums: of((name) => `previous_${name}`),
        changes: of((name) => `group_${name} - previous_${name}`),
      }),
    },
    totals: {
      total_sums: of(group),
      ...(compare && {
        previous_total_sums: of(previous),
        total_changes: of((name) => `${group(name)} - ${previous(name)}`),
      }),
    },
  };
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

/** The dimensions of a question whose ids have names: the listed one, else the one that was billed, else the id. */
const namedIds = ({ names }: FactTable, { group_by }: AggregateQuestion) =>
  group_by.flatMap((id) => (names[id] ? [{ id, ...names[id] }] : []));

/** A name, which ends with the end of the id where several ids of the groups have the same name. */
function labelOf({ names }: FactTable, id: string): string {
  const field = names[id]?.field;
  if (!field) return id;
  return `if(count() OVER (PARTITION BY ${field}) = 1, ${field}, concat(${field}, ' (…', rightUTF8(toString(${id}), 6), ')'))`;
}

const array = (columns: readonly string[]) => {
  const list = columnList(columns);
  return list.includes('\n') ? `[\n  ${list.replaceAll('\n', '\n  ')}\n]` : `[${list}]`;
};
