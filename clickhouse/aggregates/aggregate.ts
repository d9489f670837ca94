import { z } from 'zod';
import { type DayRange, lengthOf } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { aggregateSql } from './aggregate-sql.ts';
import type { Facts, Granularity } from './fact-table.ts';
import { type Filters, factParameters } from './filtered-facts.ts';

export type AggregateQuestion = DayRange & {
  granularity: Granularity;
  group_by: readonly string[];
  filters: Filters;
  /** By a measure or by the `key`, after the period; what is equal comes in the order of its key. */
  order: { by: string; descending: boolean };
  limit: number;
  after?: Position | undefined;
  /** Whether the same number of days before `from` is read too, and laid over the range. */
  compare: boolean;
  /** What the first grouping's value or name holds, in upper or lower case. */
  search?: string | undefined;
};

/** Where a group stands in the order asked for. */
export type Position = { period: string; value: string; keys: readonly string[] };

/** A row of the answer. What facts say besides stands in columns of their own: `the_…` of a group, `all_…` of all. */
export const aggregateRow = z.object({
  period: z.string(),
  keys: z.array(z.string()),
  names: z.array(z.string()),
  sums: z.array(z.string()),
  sums_before: z.array(z.string()),
  changes: z.array(z.string()),
  totals: z.array(z.string()),
  totals_before: z.array(z.string()),
  total_changes: z.array(z.string()),
  is_asked: z.boolean(),
});
type Row = z.infer<typeof aggregateRow>;

/** `groups` are one page. `all` is any row, for what is said of all groups; undefined where there are none. */
export type Aggregate<R> = { groups: R[]; all: R | undefined; next: Position | null };

/**
 * A tenant's facts over the half-open UTC days [from, to), summed by period and groupings; periods ascend. A page of
 * groups and the totals of all come from one statement, so they always add up. Sums are exact decimal text.
 */
export async function aggregate<R extends Row>(
  warehouse: Warehouse,
  tenantId: string,
  facts: Facts,
  question: AggregateQuestion,
  row: z.ZodType<R>,
): Promise<Aggregate<R>> {
  const { filters, limit, order, after, search = '' } = question;
  const rows = await warehouse.query({
    name: facts.name,
    sql: aggregateSql(facts, question),
    params: {
      ...factParameters(tenantId, question, filters),
      days: lengthOf(question),
      page: limit + 1, // One more says whether there is a next page.
      search,
      ...(after && { after_period: after.period, after_value: after.value }),
      ...Object.fromEntries(after?.keys.map((key, index) => [`after_key_${index}`, key]) ?? []),
    },
    row,
  });
  const asked = rows.filter(({ is_asked }) => is_asked);
  const groups = asked.slice(0, limit);
  const last = asked.length > limit ? groups.at(-1) : undefined;
  const value = last?.sums[Object.keys(facts.measures).indexOf(order.by)] ?? '0';
  return { groups, all: rows[0], next: last ? { period: last.period, value, keys: last.keys } : null };
}

/** What tells a row from others, by name: its period, its keys, and names beside those that are ids. */
export function fieldsOf({ names }: Facts, { granularity, group_by }: AggregateQuestion, row: Row) {
  const fields: Record<string, string | null> = { period: granularity === 'total' ? null : row.period };
  for (const [index, dimension] of group_by.entries()) {
    fields[dimension] = row.keys[index] ?? '';
    const name = names[dimension]?.field;
    if (name) fields[name] = row.names[index] ?? '';
  }
  return fields;
}
