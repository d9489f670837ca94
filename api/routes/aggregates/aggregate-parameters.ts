import { z } from 'zod';
import { granularities } from '#clickhouse/aggregates/fact-table.ts';
import type { AggregateQuestion } from '#clickhouse/aggregates/question.ts';
import type { DayRange } from '#domain/day.ts';
import { dayRange, MAX_VALUES, onlyIntegrations, repeatable } from '../parameters.ts';
import { decodeCursor } from './cursor.ts';

const DEFAULT_ROWS = 1000;
const text = z.string('must be text').max(500, 'must have at most 500 characters');

/** The parameters of a page: how many rows it has, and where it starts. */
export const paging = (maximum: number, usual = DEFAULT_ROWS) => ({
  limit: z
    .string('must be a whole number')
    .regex(/^\d+$/, { error: 'must be a whole number', abort: true }) // Number() also parses 0x10 and 1e3
    .transform((digits) => Math.min(Number(digits), maximum + 1)) // enough digits make Infinity
    .pipe(z.number().min(1, 'must be at least 1').max(maximum, `must be at most ${maximum}`))
    .default(usual)
    .meta({
      description: `Rows of a page, at most ${maximum}`,
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum, default: usual });
      },
    }),
  cursor: z
    .string('must be given once')
    .optional()
    .meta({ description: 'next_cursor of the previous page; all other parameters but limit must be the same' }),
});

/** The filter of a dimension. It may be repeated; a row matches any of its values. */
const filterOf = (dimension: string) =>
  dimension === 'integration_id'
    ? onlyIntegrations
    : repeatable(text, MAX_VALUES).meta({
        description: 'Only these values; the empty value matches what is not attributed',
      });

/** One filter for each dimension. */
export const filterParameters = <D extends string>(dimensions: readonly [D, ...D[]]) =>
  Object.fromEntries(dimensions.map((name) => [name, filterOf(name)])) as Record<D, ReturnType<typeof filterOf>>;

/** The parameters of an aggregate: range, granularity, groups, a filter for each dimension, order and page. */
export function aggregateParameters<D extends string, M extends string>(
  dimensions: readonly [D, ...D[]],
  measures: readonly [M, ...M[]],
  defaultMeasure: M,
  maximum: number,
) {
  const orders = [...measures.flatMap((name) => [`-${name}`, name] as const), 'key'] as const;
  return {
    ...dayRange,
    granularity: z
      .enum(granularities, `must be one of ${granularities.join(', ')}`)
      .default('total')
      .meta({ description: 'The periods to divide the range into; weeks start on Monday' }),
    group_by: repeatable(z.enum(dimensions, `must be one of ${dimensions.join(', ')}`), 3, { commas: true }).meta({
      description: 'The dimensions that form a group, up to three; separated by commas or repeated',
    }),
    ...filterParameters(dimensions),
    order: z
      .enum(orders as unknown as [string, ...string[]], `must be one of ${orders.join(', ')}`)
      .default(`-${defaultMeasure}`)
      .meta({
        description: 'The order of the rows of a period, descending with -. key orders by the values of group_by',
      }),
    ...paging(maximum),
    compare: z.enum(['previous_period'], 'must be previous_period').optional().meta({
      description: 'Adds to each sum that of the same number of days immediately before the range, period by period',
    }),
  };
}

type Query<D extends string> = {
  from: string;
  to: string;
  granularity: AggregateQuestion['granularity'];
  group_by?: D[] | undefined;
  order: string;
  limit: number;
  cursor?: string | undefined;
  compare?: 'previous_period' | undefined;
} & Partial<Record<D, string[] | undefined>>;

/** @returns the question for the warehouse, and `identity`: the parameters that all pages share, to which a cursor is bound */
export function toQuestion<D extends string>(query: Query<D>, periods?: readonly DayRange[]) {
  const { from, to, granularity, group_by = [], order, limit, cursor, compare, ...filters } = query;
  const identity = { from, to, granularity, periods, group_by, order, compare, filters };
  const question = {
    ...{ from, to, granularity, periods, group_by, limit },
    filters: filters as AggregateQuestion['filters'],
    order: { by: order.replace('-', ''), descending: order.startsWith('-') },
    compare: compare !== undefined,
    after: decodeCursor(identity, cursor),
  };
  return { identity, question };
}
