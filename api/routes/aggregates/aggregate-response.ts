import { z } from 'zod';
import { granularities } from '#clickhouse/aggregates/fact-table.ts';
import { day } from '../../http/parameters.ts';

/** Decimal text: exact, to 18 digits after the point. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: 'Decimal text, exact', examples: ['12.5'] });

/** What each answer says of its question, of its page and of how far it can be trusted. */
export function aboutAnswer<D extends string>(dimensions: readonly [D, ...D[]]) {
  return {
    from: day,
    to: day.meta({ description: 'The UTC day after the last one' }),
    granularity: z.enum(granularities),
    group_by: z.array(z.enum(dimensions)),
    next_cursor: z.string().nullable().meta({ description: 'Of the next page; null on the last one' }),
    synced_through: day.nullable().meta({
      description:
        'Newest day that was read after it ended, of every integration that is meant, those that were disconnected ' +
        'aside (unless all of them were); null before there is one',
    }),
    missing_days: z.array(day).meta({
      description:
        'Days of the range that should be here and are not (yet), of any integration that is meant: sums lack something ' +
        'there. Of one that was disconnected, those of its history that were never read',
    }),
    revision: z.string().meta({ description: 'Names the state of the data: another one after every change' }),
  };
}

/** The range before, with what is said of it beside its sums. Its first day may be one of the last century. */
export const previousFields = {
  from: z.iso.date(),
  to: day,
  missing_days: z.array(day).meta({
    description:
      'Days of the previous period that are not here (yet), or are before the history of an integration that has some ' +
      'of the range: where there are any, the previous sums are of a part, and a change is not only what changed',
  }),
};

/** The fields by which a row is told from others: its period, and what it is grouped by, with names beside ids. */
export function keyFields<D extends string>(dimensions: readonly [D, ...D[]]) {
  const text = z.string().optional();
  return {
    period: day
      .nullable()
      .meta({ description: 'First UTC day of the day, week (a Monday) or month; null where granularity is total' }),
    ...(Object.fromEntries(dimensions.map((name) => [name, text])) as Record<D, typeof text>),
    project_name: text.meta({ description: 'Beside project_id' }),
    api_key_name: text.meta({ description: 'Beside api_key_id' }),
    user_name: text.meta({ description: 'Beside user_id' }),
    organization_name: text.meta({ description: 'Beside integration_id' }),
  };
}
