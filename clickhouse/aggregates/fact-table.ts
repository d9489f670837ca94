export const granularities = ['total', 'day', 'week', 'month'] as const;
export type Granularity = (typeof granularities)[number];

/** Says an aggregate over the facts of a range in SQL: `of('sum', 'amount')`; of some of them where a condition is given. */
export type Of = (aggregate: string, column?: string, condition?: string) => string;

/** What is said of a group of facts: the columns that are read for it, and its SQL. */
export type Statement = { columns: readonly string[]; sql: (of: Of) => string };

/**
 * Names beside ids, in a field of their own: `listed` is SQL of a table (id, name), `billed` the name that the facts
 * themselves carry, for what is not listed.
 */
export type Names = { field: string; listed: string; billed?: Statement };

/**
 * Where facts are, what they can be divided by, and what can be said of a group of them. They are read from the table
 * of days rather than from its view: an ARRAY JOIN reads every column that it lists, so the view reads all of them
 * for any query, which was measured to take four times as long.
 */
export type Facts = {
  name: string;
  table: 'cost_days' | 'usage_days';
  /** By name, whether a day or each of its facts has it. */
  dimensions: Readonly<Record<string, 'day' | 'fact'>>;
  names: Readonly<Record<string, Names>>;
  /** Decimal sums. */
  measures: Readonly<Record<string, Statement>>;
  /** By measure, what a group adds to the total, where that is not its sum: a stock's periods do not add up. */
  totals: Readonly<Record<string, Statement>>;
  /** What else is kept of each group. Numbers: texts, of many groups, were measured to cost as much as all the rest. */
  kept: Readonly<Record<string, Statement>>;
  /** What is said of a group of the page, in SQL over what is kept. */
  details: Readonly<Record<string, string>>;
  /** What is said of all groups together, in SQL over what is kept of each. */
  overall: Readonly<Record<string, string>>;
};

/** The UTC day that a period begins with, in SQL. Days before `from`, where they are read, are laid over the range. */
export function periodOf(granularity: Granularity): string {
  const day = 'if(day < {from: Date}, day + {days: UInt16}, day)';
  const periods = { total: 'toDate(0)', day, week: `toStartOfWeek(${day}, 1)`, month: `toStartOfMonth(${day})` };
  return periods[granularity];
}
