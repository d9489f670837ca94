import { z } from 'zod';
import { parseDecimal } from '#domain/decimal.ts';
import { NumberText } from './json.ts';

/** A string, or a number as the text that was sent; '' where it is null or missing. */
export const text = z
  .union([z.string(), z.instanceof(NumberText), z.null()])
  .optional()
  .transform((value) => (typeof value === 'string' ? value : (value?.text ?? '')));

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A decimal sent as a number or as a string: `sent` is its text, `value` its canonical form, null where it is missing,
 * or a number that has too many digits to be written out.
 */
export const decimal = text.transform((sent, context) => {
  const value = parseDecimal(sent) ?? null;
  if (value !== null || sent.trim() === '' || NUMBER.test(sent.trim())) return { sent, value };
  context.addIssue({ code: 'custom', message: 'not a decimal' });
  return z.NEVER;
});

/** Whole unix seconds of the years 1970 to 9999. */
export const unixSeconds = text.transform((sent, context) => {
  const seconds = Number(sent);
  if (sent !== '' && seconds >= 0 && seconds < 253_402_300_800) return Math.floor(seconds);
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

/** An object that may have further fields. A number is held as an object, so it is refused here. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .unknown()
    .refine((value) => !(value instanceof NumberText))
    .pipe(z.looseObject(shape));

/** Some servers send an empty list as null. A missing list is refused: it could hide money. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);
