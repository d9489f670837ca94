import { z } from 'zod';
import { parseDecimal } from '#domain/decimal.ts';
import { numberText, sentText } from './json.ts';

/** A value of `readJson`: a string, or a number as the text that was sent; '' where it is null or missing. */
export const text = z
  .unknown()
  .optional()
  .transform((value, context) => {
    const sent = textOf(value);
    if (sent !== undefined) return sent;
    context.addIssue({ code: 'custom', message: 'not a text' });
    return z.NEVER;
  });

/** The same without a schema; undefined for any other value. */
export const textOf = (value: unknown): string | undefined =>
  value === null || value === undefined ? '' : sentText(value);

/** A string that must be there. */
export const string = z.string().transform((value, context) => {
  const sent = sentText(value);
  if (sent !== undefined && numberText(value) === undefined) return sent;
  context.addIssue({ code: 'custom', message: 'not a string' });
  return z.NEVER;
});

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The canonical decimal of a text that was sent: null where it is empty, or a number that has too many digits to be
 * written out; undefined where it is no decimal.
 */
export function decimalOf(sent: string): string | null | undefined {
  const value = parseDecimal(sent);
  if (value !== undefined) return value;
  const trimmed = sent.trim();
  return trimmed === '' || NUMBER.test(trimmed) ? null : undefined;
}

/** Whole unix seconds of the years 1970 to 9999. */
export const unixSeconds = text.transform((sent, context) => {
  const seconds = Number(sent);
  if (sent !== '' && seconds >= 0 && seconds < 253_402_300_800) return Math.floor(seconds);
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

/** Some servers send an empty list as null. A missing list is refused: it could hide money. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);
