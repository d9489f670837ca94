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
 * A number whose text its value does not tell: any but an integer of up to 15 digits. What must follow it spares most
 * texts in strings.
 */
const INEXACT_NUMBER =
  /([:,[]\s*)(-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)|-?[1-9]\d{15,}|-0)(?=\s*[,\]}])/g;
/** A quote behind a word character ends a string: inside of one, a quote has a backslash before it. */
const END_OF_STRING = /\w"/y;
/** A string, to the end of the text where it is not closed; or what may be a number and is no key. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\d[\d.eE+-]*(?!\s*:)/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** An escape of the mark, or of half a surrogate pair without the other half, or a backslash that hides which. */
const ODD_ESCAPE = /\\u007f|\\\\ud|\\ud[89ab](?!..\\ud[c-f])|(?<!\\ud[89ab]..)\\ud[c-f]/i;

/**
 * Reads a value from JSON text that was decoded from UTF-8. `numberText` tells its numbers, `sentText` its strings too.
 * Half of a surrogate pair, as at the end of a truncated name, becomes U+FFFD: it has no UTF-8. Throws SyntaxError.
 *
 * A number that its value does not tell exactly becomes a marked text before the text is parsed.
 */
export function readJson(text: string): unknown {
  const isOdd = !/^\s*[{[]/.test(text) || text.includes(MARK) || (text.includes('\\u') && ODD_ESCAPE.test(text));
  const marked = isOdd ? undefined : markNumbers(text);
  return marked === undefined ? parseByTokens(text) : JSON.parse(marked);
}

/** Undefined where a number is not right behind a string, such as a usual key, so that it may be inside of one. */
function markNumbers(text: string): string | undefined {
  let marked = '';
  let end = 0;
  INEXACT_NUMBER.lastIndex = 0;
  // `replace` with a function takes twice as long.
  for (let match = INEXACT_NUMBER.exec(text); match; match = INEXACT_NUMBER.exec(text)) {
    END_OF_STRING.lastIndex = match.index - 2;
    if (!END_OF_STRING.test(text)) return undefined;
    const [, before = '', number = ''] = match;
    const start = match.index + before.length;
    marked += `${text.slice(end, start)}"${MARK}${number}"`;
    end = start + number.length;
  }
  return marked + text.slice(end);
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

/** The text of a number as it was sent; undefined for any other value. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  const isMarked = typeof value === 'string' && value.charCodeAt(0) === MARK_CODE && value.charCodeAt(1) !== MARK_CODE;
  return isMarked ? value.slice(1) : undefined;
}

/** The text of a string or a number as it was sent; undefined for any other value. */
export function sentText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === MARK_CODE ? value.slice(1) : value;
  return typeof value === 'number' ? String(value) : undefined;
}

/**
 * A row's unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. Providers add
 * fields as null before they mean anything, so a null is left out, and an object in which all is null.
 */
export function extraText(unknownFields: readonly Field[]): string {
  const sent = unknownFields.filter(([, value]) => !isNothing(value));
  if (sent.length === 0) return '';
  // Rows that follow each other mostly have the same unknown fields: to write each was a quarter of reading a row.
  if (!isSame(sent, latest.sent)) {
    const fields = withoutNulls(sent).sort(([a], [b]) => (a < b ? -1 : 1));
    latest = { sent, text: JSON.stringify(Object.fromEntries(fields)) };
  }
  return latest.text;
}

type Field = readonly [name: string, value: unknown];
let latest: { sent: readonly Field[]; text: string } = { sent: [], text: '' };

const isSame = (a: readonly Field[], b: readonly Field[]) =>
  a.length === b.length && a.every(([name, value], at) => name === b[at]?.[0] && value === b[at]?.[1]);

/** Whether a value is null, or an object in which all is. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (!isPlainObject(value)) return false;
  let isEmpty = true;
  for (const name in value) {
    if (!isNothing(value[name])) return false;
    isEmpty = false;
  }
  return !isEmpty;
}

function withoutNulls(fields: readonly Field[]): [string, unknown][] {
  return fields
    .filter(([, value]) => !isNothing(value))
    .map(([name, value]) => [
      name,
      isPlainObject(value) ? Object.fromEntries(withoutNulls(Object.entries(value))) : toJson(value),
    ]);
}

/** A value as `JSON.stringify` writes it back as it was sent. */
function toJson(value: unknown): unknown {
  const number = numberText(value);
  if (number !== undefined) return exact.rawJSON(number);
  if (Array.isArray(value)) return value.map(toJson);
  if (!isPlainObject(value)) return sentText(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
