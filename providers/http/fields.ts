import { z } from 'zod';
import { parseDecimal } from '#domain/decimal.ts';
import { isNumberText, type NumberText } from './json.ts';

const numberText = z.custom<NumberText>(isNumberText);

/** A string or a number as the text that was sent; '' where null or missing. */
export const text = z
  .union([z.string(), numberText, z.null()])
  .optional()
  .transform((value) => (typeof value === 'string' ? value : (value?.rawJSON ?? '')));

/** A decimal sent as a number, a string, null or not at all. */
export const decimal = text.transform((sent, context) => {
  const value = sent.trim() === '' ? null : parseDecimal(sent);
  if (value !== undefined) return { sent, value };
  context.addIssue({ code: 'custom', message: 'not a decimal' });
  return z.NEVER;
});

/** A moment that a date can hold. */
export const unixSeconds = text.transform((sent, context) => {
  const seconds = Number(sent);
  if (sent !== '' && seconds >= 0 && seconds < 253_402_300_800) return Math.floor(seconds);
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

/** An object with any more fields, though all of its own may be missing. A number, held as an object here, is none. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .unknown()
    .refine((value) => !isNumberText(value))
    .pipe(z.looseObject(shape));

/** Some servers write an empty list as null. A missing list is not an empty one: money could hide behind it. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);
