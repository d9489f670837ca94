import { z } from 'zod';
import { lengthOf, previousRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { coverage, type Freshness, toFreshness } from '../coverage/to-freshness.ts';
import { aggregateSql } from './aggregate-sql.ts';
import type { FactTable } from './fact-table.ts';
import { periodParameters } from './periods.ts';
import type { AggregateQuestion, Position } from './question.ts';
import { factParameters } from './select-facts.ts';

const sums = z.array(z.string());

/**
 * A returned row. `keys` and `names` are in the order of `group_by`, sums in the order of the table's measures, as
 * exact decimal text. A table's own columns are added as `group_…` and `total_…`.
 */
export const aggregateRow = z.object({
  /** False of a row that comes for its totals alone. */
  is_on_page: z.boolean(),
  period: z.string(),
  keys: z.array(z.string()),
  names: z.array(z.string()),
  group_sums: sums,
  // Where the range is compared:
  previous_sums: sums.optional(),
  changes: sums.optional(),
});
type Row = z.infer<typeof aggregateRow>;

/** The totals of all groups. */
export const aggregateTotals = z.object({
  total_sums: sums,
  // Where the range is compared:
  previous_total_sums: sums.optional(),
  total_changes: sums.optional(),
});
type Totals = z.infer<typeof aggregateTotals>;

/** One page of groups. `totals` are undefined where there are no groups. */
export type Aggregate<R, T> = { groups: R[]; totals: T | undefined; next: Position | null; freshness: Freshness };

/**
 * A tenant's facts over the half-open UTC days [from, to), summed by period and dimensions; periods ascend. One
 * statement returns the groups, the totals of all, and the days that are missing in them, so they belong together.
 */
export async function aggregate<R extends Row, T extends Totals>(
  warehouse: Warehouse,
  tenantId: string,
  table: FactTable,
  question: AggregateQuestion,
  shape: { row: z.ZodType<R>; totals: z.ZodType<T> },
): Promise<Aggregate<R, T>> {
  const { filters, limit, order, after, group_by, search = '' } = question;
  const [answer] = await warehouse.query({
    name: table.name,
    sql: aggregateSql(table, question),
    params: {
      ...factParameters(tenantId, question, filters),
      ...periodParameters(question.periods),
      previous_from: previousRange(question).from,
      days: lengthOf(question),
      rows: limit + 1, // One more tells whether there is a next page.
      search,
      ...(after && { after_period: after.period, after_value: after.value }),
      ...Object.fromEntries(group_by.map((dimension, index) => [`after_${dimension}`, after?.keys[index]])),
    },
    row: coverage.extend({ rows: z.array(shape.row) }).and(shape.totals),
  });
  if (!answer) throw new Error('ClickHouse returned no row for an aggregate, which has exactly one.');
  const { rows } = answer;
  const found = rows.filter(({ is_on_page }) => is_on_page);
  const groups = found.slice(0, limit);
  const last = found.length > limit ? groups.at(-1) : undefined;
  const value = last?.group_sums[Object.keys(table.measures).indexOf(order.by)] ?? '0';
  return {
    groups,
    totals: rows.length > 0 ? answer : undefined,
    next: last ? { period: last.period, value, keys: last.keys } : null,
    freshness: toFreshness(answer, {
      ...{ from: question.from, to: question.to, datasets: filters.dataset },
      ...(question.compare && { previous_from: previousRange(question).from }),
    }),
  };
}

/** The fields that identify a group: its period, its keys by dimension, and names beside those that are ids. */
export function fieldsOf({ names }: FactTable, { granularity, periods, group_by }: AggregateQuestion, row: Row) {
  const fields: Record<string, string | null> = { period: granularity === 'total' && !periods ? null : row.period };
  for (const [index, dimension] of group_by.entries()) {
    fields[dimension] = row.keys[index] ?? '';
    const name = names[dimension]?.field;
    if (name) fields[name] = row.names[index] ?? '';
  }
  return fields;
}
