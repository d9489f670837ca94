import { columnList, sql, withSteps } from '../client/sql.ts';
import { freshnessSteps } from '../coverage/freshness-steps.ts';
import type { FactTable } from './fact-table.ts';
import { facts, groups, withTotals } from './group-steps.ts';
import { nameTables, orderOf, page, withNames } from './page-steps.ts';
import type { AggregateQuestion } from './question.ts';

/**
 * A question in SQL, as one statement whose only row has the groups and how fresh they are, in steps: facts become groups, groups get the totals of all, and a page of them gets names. A step
 * is used by one other step only, since ClickHouse computes it again for every use. That each row repeats the totals
 * costs nothing next to reading the facts.
 */
export function aggregateSql(table: FactTable, question: AggregateQuestion): string {
  const hasNames = question.group_by.some((dimension) => table.names[dimension]);
  // A page is fewer rows to name than all groups, but a search and labels have to know all names first.
  const isNamedFirst = hasNames && Boolean(question.search || question.labels);
  const isNamedLast = hasNames && !isNamedFirst;
  const named = (groups: string) => ({ ...nameTables(table, question), named: withNames(table, question, groups) });
  const steps = {
    ...table.subqueries,
    facts: facts(table, question),
    groups: groups(table, question),
    totals: withTotals(table, question),
    ...(isNamedFirst && named('totals')),
    page: page(table, question, isNamedFirst ? 'named' : 'totals'),
    ...(isNamedLast && named('page')),
    ...result(table, question, isNamedLast ? 'named' : 'page'),
    ...freshnessSteps({ ...selection(question), table: table.table, compare: question.compare }),
  };
  return withSteps(
    steps,
    sql`
      SELECT rows, freshness.*
      FROM answer
      CROSS JOIN freshness
      SETTINGS enable_named_columns_in_function_tuple = 1`,
  );
}

/** The returned groups. Arrays are in the order of group_by, or of the table's measures. */
function result(table: FactTable, question: AggregateQuestion, groups: string) {
  const { group_by, compare } = question;
  const measures = Object.keys(table.measures);
  const arrayOf = (column: (measure: string) => string) => array(measures.map(column));
  const columns = [
    'is_on_page',
    'period',
    `${array(group_by)} AS keys`,
    `${array(group_by.map((dimension) => table.names[dimension]?.field ?? dimension))} AS names`,
    ...(question.labels ? [`${array(group_by.map((dimension) => labelOf(table, dimension)))} AS labels`] : []),
    `${arrayOf((name) => `group_${name}`)} AS group_sums`,
    `${arrayOf((name) => `total_${name}`)} AS total_sums`,
    ...(compare
      ? [
          `${arrayOf((name) => `previous_${name}`)} AS previous_sums`,
          `${arrayOf((name) => `previous_total_${name}`)} AS previous_total_sums`,
          `${arrayOf((name) => `group_${name} - previous_${name}`)} AS changes`,
          `${arrayOf((name) => `total_${name} - previous_total_${name}`)} AS total_changes`,
        ]
      : []),
    ...Object.entries(table.pageColumns).map(([name, column]) => `${column} AS group_${name}`),
    ...Object.keys(table.totalColumns).map((name) => `total_${name}`),
  ];
  const names = columns.map((column) => column.split(' AS ').at(-1) ?? column);
  return {
    result: sql`
      SELECT
        ${columns.join(',\n')}
      FROM ${groups}
      ORDER BY ${['is_on_page DESC', ...orderOf(question)].join(', ')}`,
    answer: sql`
      SELECT
        groupArray(tuple(
          ${names.join(', ')}
        )) AS rows
      FROM result`,
  };
}

const selection = ({ filters }: AggregateQuestion) => ({
  hasIntegrations: filters.integration_id !== undefined,
  hasDatasets: filters.dataset !== undefined,
});

const labelOf = ({ names }: FactTable, dimension: string) => (names[dimension] ? 'label' : dimension);

const array = (columns: readonly string[]) => {
  const list = columnList(columns);
  return list.includes('\n') ? `[\n  ${list.replaceAll('\n', '\n  ')}\n]` : `[${list}]`;
};
