import { randomUUID } from 'node:crypto';

// In the runtime (JSON source text access), not yet in TypeScript's library.
const exact = JSON as unknown as { rawJSON(text: string): unknown };

/**
 * Begins the text that stands for a number: a control character that no API sends, and of one byte, so that a page
 * stays one byte a character. A string that begins with it gets a second one.
 */
const MARK = '\x7f';
const MARK_CODE = MARK.charCodeAt(0);
/**
 * A number behind a key, in JSON's exact grammar. It cannot match inside a string: there a quote has a backslash before
 * it, so a quote behind a word character ends a string, and only a key has a colon after it.
 */
const NUMBER_OF_KEY = /(\w"\s*:\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
/** A string, to the end of the text where it is not closed; or what may be a number and is no key. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\d[\d.eE+-]*(?!\s*:)/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** An escape of the mark, or of half a surrogate pair without the other half, or a backslash that hides which. */
const ODD_ESCAPE = /\\u007f|\\\\ud|\\ud[89ab](?!..\\ud[c-f])|(?<!\\ud[89ab]..)\\ud[c-f]/i;

/** A number that has no mark, so its text is not known. */
class UnmarkedNumberError extends Error {}

/**
 * Reads a value from JSON text. Its numbers are marked texts: `sentText` tells them, `isNumber` tells them from
 * strings. Half of a surrogate pair, as at the end of a truncated name, becomes U+FFFD: it has no UTF-8.
 *
 * The numbers are marked before the text is parsed, which takes a sixth of the time of a reviver. Where `read` meets one
 * without a mark (in a list, behind an unusual key), it is called again, with marks that were set token by token.
 * Throws SyntaxError.
 */
export function readJson<T>(text: string, read: (value: unknown) => T): T {
  const isOdd = text.includes(MARK) || !text.isWellFormed() || (text.includes('\\u') && ODD_ESCAPE.test(text));
  try {
    if (!isOdd) return read(JSON.parse(text.replace(NUMBER_OF_KEY, `$1"${MARK}$2"`)));
  } catch (error) {
    if (!(error instanceof UnmarkedNumberError)) throw error;
  }
  return read(parseByTokens(text));
}

/** The same value, for any text. */
function parseByTokens(text: string): unknown {
  const mark = randomUUID();
  const marked = text.replace(TOKEN, (token) => (NUMBER.test(token) ? `"${mark}${token}"` : token));
  return remark(JSON.parse(marked), mark);
}

/** Replaces the marks of a text by those that readers know, in place. */
function remark(value: unknown, mark: string): unknown {
  if (typeof value === 'string') {
    if (value.startsWith(mark)) return MARK + value.slice(mark.length);
    const string = value.toWellFormed();
    return string.startsWith(MARK) ? MARK + string : string;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) fields[name] = remark(fields[name], mark);
  return value;
}

/** Whether a value of `readJson` is a number. */
export function isNumber(value: unknown): value is string {
  if (typeof value === 'number') throw new UnmarkedNumberError();
  return typeof value === 'string' && value.charCodeAt(0) === MARK_CODE && value.charCodeAt(1) !== MARK_CODE;
}

/** The text of a string or a number as it was sent; undefined for any other value. */
export function sentText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === MARK_CODE ? value.slice(1) : value;
  if (typeof value === 'number') throw new UnmarkedNumberError();
  return undefined;
}

/**
 * A row's unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. Providers add
 * fields as null before they mean anything, so a null is left out, and an object in which all is null.
 */
export function extraText(unknownFields: readonly [name: string, value: unknown][]): string {
  const left = withoutNulls(unknownFields).sort(([a], [b]) => (a < b ? -1 : 1));
  return left.length > 0 ? JSON.stringify(Object.fromEntries(left)) : '';
}

function withoutNulls(fields: readonly [string, unknown][]): [string, unknown][] {
  const left: [string, unknown][] = [];
  for (const [name, value] of fields) {
    if (value === null || value === undefined) continue;
    if (!isPlainObject(value)) left.push([name, toJson(value)]);
    else {
      const all = Object.entries(value);
      const known = withoutNulls(all);
      if (known.length > 0 || all.length === 0) left.push([name, Object.fromEntries(known)]);
    }
  }
  return left;
}

/** A value as `JSON.stringify` writes it back as it was sent. */
function toJson(value: unknown): unknown {
  if (isNumber(value)) return exact.rawJSON(value.slice(1));
  if (Array.isArray(value)) return value.map(toJson);
  if (!isPlainObject(value)) return sentText(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
