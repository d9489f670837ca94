import { z } from 'zod';

// Fields that bodies share.

/** Nothing that breaks a line, or turns the text after it around: names stand in subjects of mails. */
const isPlain = (text: string) => !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text);

export const name = z
  .string('must be text')
  .trim()
  .min(1, { error: 'must not be empty', abort: true })
  .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), 'must have a character that can be seen')
  .max(100, 'must have at most 100 characters')
  .refine(isPlain, 'must have no control characters');

/** A list that holds each value once. */
export const listOf = <T extends z.ZodType<string>>(value: T, max: number) =>
  z
    .array(value, 'must be a list')
    .max(max, `must have at most ${max} values`)
    .refine((values) => new Set(values).size === values.length, 'must not repeat a value')
    .meta({ uniqueItems: true });
