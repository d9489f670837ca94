export const granularities = ['total', 'day', 'week', 'month'] as const;
export type Granularity = (typeof granularities)[number];

/**
 * Writes an aggregate over the facts of one range in SQL: `of('sum', 'amount')`. A condition restricts it to some of
 * these facts.
 */
export type Aggregator = (aggregate: string, column?: string, condition?: string) => string;

/** An aggregate over a group of facts: the columns of a fact that it reads, and its SQL. */
export type Expression = { columns: readonly string[]; sql: (of: Aggregator) => string };

/** The names of a dimension's ids, returned in `field`. */
export type NameSource = {
  field: string;
  /** SQL of a table (id, name). */
  listed: string;
  /** The name that the facts themselves carry, for an id that is not listed. */
  billed?: Expression;
};

/**
 * A table of facts: the dimensions that group them, and what is computed of a group. Facts are read from the table of
 * days and not from its view: a view unfolds all columns of a fact for any query, which took four times as long.
 */
export type FactTable = {
  name: string;
  table: 'cost_days' | 'usage_days';
  /** Groups of a day's facts that are stored beside them, smallest first, each with the columns that it has. */
  coarser: Readonly<Record<string, readonly string[]>>;
  /** By column of these groups that counts facts, its SQL for a single fact. */
  counts: Readonly<Record<string, string>>;
  /** By name, whether the whole day has the dimension or each of its facts. */
  dimensions: Readonly<Record<string, 'day' | 'fact'>>;
  /** By dimension. */
  names: Readonly<Record<string, NameSource>>;
  /** Decimal sums. Of each there are `group_<measure>` and that of the previous range. */
  measures: Readonly<Record<string, Expression>>;
  /** By measure, what a group adds to the total where that is not its own sum: periods of a stock do not add up. */
  contributions: Readonly<Record<string, Expression>>;
  /**
   * Other aggregates of each group, returned as `group_<name>`. They are numbers: texts of many groups were measured to
   * cost as much as all the rest. What follows from them is computed of the returned rows, in TypeScript.
   */
  groupColumns: Readonly<Record<string, Expression>>;
  /** SELECTs that conditions of expressions use by name. */
  subqueries: Readonly<Record<string, string>>;
};

/**
 * SQL of the UTC day that a period begins with.
 * @param compare whether days before `from` are read too: each counts to the period `days` later
 */
export function periodOf(granularity: Granularity, compare: boolean): string {
  const day = compare ? 'if(day < {from: Date}, day + {days: UInt16}, day)' : 'day';
  const periods = { total: 'toDate(0)', day, week: `toStartOfWeek(${day}, 1)`, month: `toStartOfMonth(${day})` };
  return periods[granularity];
}
