import { sql } from '../client/sql.ts';
import { type Aggregator, type Expression, type FactTable, periodOf } from './fact-table.ts';
import { isInPeriods, periodAmong } from './periods.ts';
import type { AggregateQuestion } from './question.ts';
import { selectFacts } from './select-facts.ts';

/** The facts of the range, and of the one before where they are compared. */
export function facts(table: FactTable, question: AggregateQuestion): string {
  const { names, measures, contributions, groupColumns, dimensions } = table;
  const expressions = [
    ...question.group_by.flatMap((dimension) => names[dimension]?.billed ?? []),
    ...[measures, contributions, groupColumns].flatMap((each) => Object.values(each)),
  ];
  const columns = [
    ...question.group_by.filter((dimension) => dimensions[dimension] === 'fact'),
    ...expressions.flatMap((expression) => expression.columns),
  ];
  const from = question.compare ? '{previous_from: Date}' : '{from: Date}';
  return selectFacts(table, columns, question.filters, {
    from,
    ...(question.periods && { conditions: [isInPeriods(question.periods)] }),
  });
}

/** One row per period and key. */
export function groups(table: FactTable, { group_by, granularity, periods, compare }: AggregateQuestion): string {
  const ofAll = aggregatorOf();
  const ofRange = compare ? aggregatorOf('day >= {from: Date}') : ofAll;
  const ofPrevious = aggregatorOf('day < {from: Date}');
  const ofBoth = (name: string, expression: Expression) => [
    `${expression.sql(ofRange)} AS group_${name}`,
    ...(compare ? [`${expression.sql(ofPrevious)} AS previous_${name}`] : []),
  ];
  const columns = [
    `${periods ? periodAmong(periods) : periodOf(granularity, compare)} AS period`,
    ...group_by,
    ...group_by.flatMap((dimension) => {
      const { field, billed } = table.names[dimension] ?? {};
      return billed ? [`${billed.sql(ofAll)} AS billed_${field}`] : [];
    }),
    ...Object.entries(table.measures).flatMap(([name, measure]) => ofBoth(name, measure)),
    ...Object.entries(table.contributions).flatMap(([name, each]) => ofBoth(`contributed_${name}`, each)),
    ...Object.entries(table.groupColumns).map(([name, column]) => `${column.sql(ofRange)} AS group_${name}`),
  ];
  // Where the period is constant and there is no key, SQL would return a group of no facts.
  return sql`
    SELECT
      ${columns.join(',\n')}
    FROM facts
    GROUP BY ${['period', ...group_by].join(', ')}
    ${group_by.length === 0 ? 'HAVING count() > 0' : ''}`;
}

/** Writes aggregates over the facts that meet a condition, or over all. */
const aggregatorOf =
  (range?: string): Aggregator =>
  (aggregate, column, condition) => {
    const conditions = [range, condition].filter((each) => each !== undefined).join(' AND ');
    const name = conditions ? `${aggregate}If` : aggregate;
    return `${name}(${[column, conditions].filter(Boolean).join(', ')})`;
  };
