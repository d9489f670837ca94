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
 * exact decimal text. A table's own columns are added as `group_…`.
 */
export const aggregateRow = z.object({
  /** False of a group that only shows that there are facts, and where the page ends. */
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

const part = z.object({ part: z.string() });

/** One page of groups. `totals` is the row of all groups, undefined where there are none. */
export type Aggregate<R> = { groups: R[]; totals: R | undefined; next: Position | null; freshness: Freshness };

/**
 * A tenant's facts over the half-open UTC days [from, to), summed by period and dimensions; periods ascend. One
 * statement returns the groups, the totals of all, and the days that are missing in them, so they belong together.
 */
export async function aggregate<R extends Row>(
  warehouse: Warehouse,
  tenantId: string,
  table: FactTable,
  question: AggregateQuestion,
  row: z.ZodType<R>,
): Promise<Aggregate<R>> {
  const { filters, limit, order, after, group_by, search = '' } = question;
  const parts = await warehouse.query({
    name: table.name,
    sql: aggregateSql(table, question),
    params: {
      ...factParameters(tenantId, question, filters),
      ...periodParameters(question.periods),
      previous_from: previousRange(question).from,
      days: lengthOf(question),
      rows: limit + 2, // The totals, and one more, which tells whether there is a next page.
      search,
      ...(after && { after_period: after.period, after_value: after.value }),
      ...Object.fromEntries(group_by.map((dimension, index) => [`after_${dimension}`, after?.keys[index]])),
    },
    row: part,
  });
  const answer: unknown = Object.assign({}, ...parts.map(({ part }) => JSON.parse(part)));
  const { rows, due, reads } = coverage.extend({ rows: z.array(row) }).parse(answer);
  const [totals, ...all] = rows;
  const found = all.filter(({ is_on_page }) => is_on_page);
  const groups = found.slice(0, limit);
  const last = found.length > limit ? groups.at(-1) : undefined;
  const value = last?.group_sums[Object.keys(table.measures).indexOf(order.by)] ?? '0';
  return {
    groups,
    totals: all.length > 0 ? totals : undefined,
    next: last ? { period: last.period, value, keys: last.keys } : null,
    freshness: toFreshness(
      { due, reads },
      {
        ...{ from: question.from, to: question.to, datasets: filters.dataset },
        ...(question.compare && { previous_from: previousRange(question).from }),
      },
    ),
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
