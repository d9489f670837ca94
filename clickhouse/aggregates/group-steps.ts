import { sql } from '../client/sql.ts';
import { type Aggregator, type Expression, type FactTable, periodOf } from './fact-table.ts';
import { isInPeriods, periodAmong } from './periods.ts';
import type { AggregateQuestion } from './question.ts';
import { factSource } from './select-facts.ts';

/**
 * SQL of one row per period and key, and one of all facts, which is_total. Grouping sets add the facts up twice, which
 * costs less than adding up the groups by window functions: each of these is planned by itself.
 */
export function groups(table: FactTable, question: AggregateQuestion): string {
  const { group_by, granularity, periods, compare } = question;
  const ofAll = aggregatorOf();
  const ofRange = compare ? aggregatorOf('day >= {from: Date}') : ofAll;
  const ofPrevious = aggregatorOf('day < {from: Date}');
  const ofBoth = (name: string, expression: Expression) => [
    `${expression.sql(ofRange)} AS group_${name}`,
    ...(compare ? [`${expression.sql(ofPrevious)} AS previous_${name}`] : []),
  ];
  const { counted, source } = sourceOf(table, question);
  // The period of a total is the same for all: it is a key where there is no other, which a constant cannot be.
  const hasPeriods = periods !== undefined || granularity !== 'total';
  const keys = hasPeriods || group_by.length === 0 ? ['period', ...group_by] : group_by;
  const period = periods ? periodAmong(periods) : periodOf(granularity, compare);
  const columns = [
    `grouping(${keys[0]}) AS is_total`,
    `${hasPeriods ? period : `materialize(${period})`} AS period`,
    ...group_by,
    ...group_by.flatMap((dimension) => {
      const { field, billed } = table.names[dimension] ?? {};
      return billed ? [`${billed.sql(ofAll)} AS billed_${field}`] : [];
    }),
    ...Object.entries(table.measures).flatMap(([name, measure]) => ofBoth(name, measure)),
    ...Object.entries(table.contributions).flatMap(([name, each]) => ofBoth(`contributed_${name}`, each)),
    ...Object.entries(table.groupColumns).map(([name, column]) => `${column.sql(ofRange)} AS group_${name}`),
  ];
  const counts = Object.entries(counted).map(([name, count]) => `${count} AS ${name}`);
  // Without a key, SQL would return groups of no facts.
  return sql`
    ${counts.length > 0 ? `WITH ${counts.join(', ')}` : ''}
    SELECT
      ${columns.join(',\n')}
    ${source}
    GROUP BY GROUPING SETS ((${keys.join(', ')}), ())
    ${group_by.length === 0 ? 'HAVING count() > 0' : ''}`;
}

/** The facts of the range, and of the one before where they are compared. */
function sourceOf(table: FactTable, { group_by, compare, periods, filters }: AggregateQuestion) {
  const { names, measures, contributions, groupColumns, dimensions } = table;
  const expressions = [
    ...group_by.flatMap((dimension) => names[dimension]?.billed ?? []),
    ...[measures, contributions, groupColumns].flatMap((each) => Object.values(each)),
  ];
  const columns = [
    ...group_by.filter((dimension) => dimensions[dimension] === 'fact'),
    ...expressions.flatMap((expression) => expression.columns),
  ];
  return factSource(table, columns, filters, {
    from: compare ? '{previous_from: Date}' : '{from: Date}',
    ...(periods && { conditions: [isInPeriods(periods)] }),
  });
}

/** Writes aggregates over the facts that meet a condition, or over all. */
const aggregatorOf =
  (range?: string): Aggregator =>
  (aggregate, column, condition) => {
    const conditions = [range, condition].filter((each) => each !== undefined).join(' AND ');
    const name = conditions ? `${aggregate}If` : aggregate;
    return `${name}(${[column, conditions].filter(Boolean).join(', ')})`;
  };
