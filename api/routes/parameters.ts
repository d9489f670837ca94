import { z } from 'zod';
import { addDays, lengthOf, today } from '#domain/day.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';

export const MAX_DAYS = 3 * 366;

const MONTH_DAYS =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))';
const LEAP_YEAR = '(?:[02468][048]|[13579][26])';
const A_DAY = `20(?:[0-9]{2}-${MONTH_DAYS}|${LEAP_YEAR}-02-29)`;
const DAY = new RegExp(`^${A_DAY}$`);
const PERIOD = new RegExp(`^${A_DAY}/${A_DAY}$`);

/** A UTC day of this century, since the warehouse's dates end in 2149. A pattern makes its description exact too. */
export const day = z
  .string('must be a UTC day, YYYY-MM-DD')
  .regex(DAY, { error: 'must be a UTC day of this century, YYYY-MM-DD', abort: true })
  .meta({ format: 'date' });

/** Half-open UTC days as ISO 8601 writes an interval. */
export const period = z
  .string('must be text')
  .regex(PERIOD, { error: 'must be FROM/TO, two UTC days of this century', abort: true });

/** A default that changes daily does not belong in a description. */
function withoutDefault({ jsonSchema }: { jsonSchema: { default?: unknown } }) {
  delete jsonSchema.default;
}

/** Parameters for half-open UTC days, [from, to): the last year by default. */
export const dayRange = {
  from: day
    .default(() => addDays(today(), 1 - HISTORY_DAYS))
    .meta({ description: 'First UTC day; a year ago by default', override: withoutDefault }),
  to: day
    .default(() => addDays(today(), 1))
    .meta({ description: 'The UTC day after the last one; tomorrow by default', override: withoutDefault }),
};

/** Adds to a schema that its range is not empty and not too long. `daysOf`: how many days a question counts as. */
export function checkDayRange<T extends z.ZodType<{ from: string; to: string }>>(
  question: T,
  daysOf: (question: z.infer<T>) => number = lengthOf,
) {
  return question
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from: the range is half-open' })
    .refine((given) => daysOf(given) <= MAX_DAYS, {
      path: ['from'],
      message: `must be within ${MAX_DAYS} days of to`,
    });
}

/** The id of an integration, in a path or as a filter. */
export const integrationId = z
  .string('must be given once')
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')
  .regex(/^[A-Za-z0-9_-]*$/, 'must be the id of an integration')
  .meta({ description: 'The id of an integration' });

/** A parameter that may be repeated. With `commas`, which its values must not hold, it may also be a list. */
export function repeatable<T extends z.ZodType<string>>(value: T, max: number, { commas = false } = {}) {
  const list = z
    .array(value)
    .max(max, `must have at most ${max} values`)
    .refine((values) => new Set(values).size === values.length, 'must not repeat a value');
  const { $schema: _, ...schema } = z.toJSONSchema(list, { io: 'input' });
  return z
    .preprocess((given) => {
      const values = [given ?? []].flat();
      return commas ? values.flatMap((each) => (typeof each === 'string' ? each.split(',') : each)) : values;
    }, list)
    .optional()
    .meta({ override: { ...schema, uniqueItems: true } as object });
}

/** How many values a filter may have. */
export const MAX_VALUES = 50;

/** The filter by integrations. */
export const onlyIntegrations = repeatable(integrationId, MAX_VALUES).meta({
  description: 'Only these integrations; all by default',
});
