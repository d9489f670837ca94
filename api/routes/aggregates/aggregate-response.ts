import { z } from 'zod';
import { granularities } from '#clickhouse/aggregates/fact-table.ts';
import { day } from '../parameters.ts';

/** Exact decimal text, with up to 18 digits after the point. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: 'Exact decimal text', examples: ['12.5'] });

/** The fields of an aggregate beside its rows: the question, the page, and how complete the data are. */
export function commonFields<D extends string>(dimensions: readonly [D, ...D[]]) {
  return {
    from: day,
    to: day.meta({ description: 'The UTC day after the last one' }),
    granularity: z.enum(granularities),
    group_by: z.array(z.enum(dimensions)),
    next_cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
    synced_through: day.nullable().meta({
      description:
        'The newest day that all selected integrations have read completely; null if there is none. ' +
        'Disconnected integrations do not count, unless all of them are',
    }),
    missing_days: z.array(day).meta({
      description:
        'Days of the range that at least one selected integration has not read (yet), so that sums are incomplete. ' +
        'For a disconnected integration: the days of its history that were never read',
    }),
    history_from: day.nullable().meta({
      description:
        'The first day that any selected integration should have; null without one. ' +
        'Days before it are unknown, not missing',
    }),
    revision: z.string().meta({ description: 'Identifies the state of the data; changes with it' }),
  };
}

/** The fields of the previous period beside its sums. It may begin in the last century, which `day` refuses. */
export const previousFields = {
  from: z.iso.date(),
  to: day,
  missing_days: z.array(day).meta({
    description:
      'Days of the previous period that were not read (yet), or that precede the history of an integration with data ' +
      'in the range. If there are any, the previous sums are incomplete, and so are the changes',
  }),
};

/** The fields that identify a row: its period and the values of its group, with names beside ids. */
export function keyFields<D extends string>(dimensions: readonly [D, ...D[]]) {
  const text = z.string().optional();
  return {
    period: day.nullable().meta({
      description:
        'First UTC day of the period; weeks start on Monday. Null if granularity is total and no period is named',
    }),
    ...(Object.fromEntries(dimensions.map((name) => [name, text])) as Record<D, typeof text>),
    project_name: text.meta({ description: 'The name of project_id' }),
    api_key_name: text.meta({ description: 'The name of api_key_id' }),
    user_name: text.meta({ description: 'The name of user_id' }),
    organization_name: text.meta({ description: 'The name of integration_id' }),
  };
}
