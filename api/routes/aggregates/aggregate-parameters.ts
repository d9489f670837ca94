import { z } from 'zod';
import type { AggregateQuestion } from '#clickhouse/aggregates/aggregate.ts';
import { granularities } from '#clickhouse/aggregates/fact-table.ts';
import { dayRange, integrationId, repeatable } from '../../http/parameters.ts';
import { decodeCursor } from './cursor.ts';

const MAX_VALUES = 50;
const DEFAULT_ROWS = 1000;
const text = z.string('must be text').max(500, 'must have at most 500 characters');

/** How many rows a page has, and where it begins. */
export const paging = (maximum: number) => ({
  limit: z
    .string('must be a whole number')
    .regex(/^\d+$/, { error: 'must be a whole number', abort: true }) // Number() reads 0x10 and 1e3 too.
    .transform((digits) => Math.min(Number(digits), maximum + 1)) // Of enough digits it is Infinity.
    .pipe(z.number().min(1, 'must be at least 1').max(maximum, `must be at most ${maximum}`))
    .default(DEFAULT_ROWS)
    .meta({
      description: `Rows a page, at most ${maximum}`,
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum, default: DEFAULT_ROWS });
      },
    }),
  cursor: z
    .string('must be given once')
    .optional()
    .meta({ description: 'next_cursor of the page before; of the same question, whose limit alone may be another' }),
});

/** The filter of a dimension: it may be given several times, and any of its values is meant. */
const filterOf = (dimension: string) =>
  dimension === 'integration_id'
    ? repeatable(integrationId, MAX_VALUES).meta({ description: 'Any of these integrations; all by default' })
    : repeatable(text, MAX_VALUES).meta({ description: 'Any of these; an empty value is what is not attributed' });

/** A filter for each dimension. */
export const filterParameters = <D extends string>(dimensions: readonly [D, ...D[]]) =>
  Object.fromEntries(dimensions.map((name) => [name, filterOf(name)])) as Record<D, ReturnType<typeof filterOf>>;

/** What a question about sums may say: range, granularity, groupings, a filter for each dimension, order, page of so many rows. */
export function aggregateParameters<D extends string, M extends string>(
  dimensions: readonly [D, ...D[]],
  measures: readonly [M, ...M[]],
  byDefault: M,
  maximum: number,
) {
  const orders = [...measures.flatMap((name) => [`-${name}`, name] as const), 'key'] as const;
  return {
    ...dayRange,
    granularity: z
      .enum(granularities, `must be one of ${granularities.join(', ')}`)
      .default('total')
      .meta({ description: 'Periods that the range is divided into; weeks begin on Monday' }),
    group_by: repeatable(z.enum(dimensions, `must be one of ${dimensions.join(', ')}`), 3, { commas: true }).meta({
      description: 'What a row is one of, up to three; with commas or given several times',
    }),
    ...filterParameters(dimensions),
    order: z
      .enum(orders as unknown as [string, ...string[]], `must be one of ${orders.join(', ')}`)
      .default(`-${byDefault}`)
      .meta({
        description: 'Within a period; with - the greatest come first. key is the order of group_by’s values',
      }),
    ...paging(maximum),
    compare: z.enum(['previous_period'], 'must be previous_period').optional().meta({
      description: 'Beside each sum that of the same number of days immediately before, laid over the range',
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

/** @returns the question that is asked, and what it is apart from its page: what a cursor is one of */
export function toQuestion<D extends string>(query: Query<D>) {
  const { from, to, granularity, group_by = [], order, limit, cursor, compare, ...filters } = query;
  const asked = { from, to, granularity, group_by, order, compare, filters };
  const question = {
    ...{ from, to, granularity, group_by, limit },
    filters: filters as AggregateQuestion['filters'],
    order: { by: order.replace('-', ''), descending: order.startsWith('-') },
    compare: compare !== undefined,
    after: decodeCursor(asked, cursor),
  };
  return { asked, question };
}
