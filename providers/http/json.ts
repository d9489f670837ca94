import { randomUUID } from 'node:crypto';

// In the runtime (JSON source text access), not yet in TypeScript's library.
const exact = JSON as unknown as { rawJSON(text: string): unknown };

/** A JSON number as the text that was sent. `JSON.stringify` writes it back unchanged. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return exact.rawJSON(this.text);
  }
}

/** Begins the string that stands for a number: a private character that no API sends. */
const MARK = '\ue000';
const HOLDS_MARK = /\ue000|\\u[eE]000/;
/**
 * A number behind a key, in JSON's exact grammar. It cannot match inside a string: there a quote has a backslash before
 * it, so a quote behind a word character ends a string, and only a key has a colon after it.
 */
const NUMBER_OF_KEY = /(\w"\s*:\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
/** A string, to the end of the text where it is not closed; or what may be a number and is no key. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\d[\d.eE+-]*(?!\s*:)/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * `JSON.parse` that keeps every number as its text. Half of a surrogate pair, as at the end of a truncated name,
 * becomes U+FFFD: it has no UTF-8. Throws SyntaxError.
 *
 * Marks the numbers and parses without a reviver: 2 to 3 times faster for a page of 2 MB.
 */
export function parseJson(text: string): unknown {
  if (HOLDS_MARK.test(text)) return parseByTokens(text);
  const reading = { mark: MARK, isComplete: true };
  const value = unmark(JSON.parse(text.replace(NUMBER_OF_KEY, `$1"${MARK}$2"`)), reading);
  return reading.isComplete ? value : parseByTokens(text);
}

/** The same, slower, for texts with numbers in lists, behind unusual keys, or with the mark. */
export function parseByTokens(text: string): unknown {
  const mark = randomUUID();
  const marked = text.replace(TOKEN, (token) => (NUMBER.test(token) ? `"${mark}${token}"` : token));
  return unmark(JSON.parse(marked), { mark, isComplete: true });
}

/** Replaces marked strings in place; notes in `reading` that a number has no mark. */
function unmark(value: unknown, reading: { mark: string; isComplete: boolean }): unknown {
  const { mark } = reading;
  if (typeof value === 'string') {
    return value.startsWith(mark) ? new NumberText(value.slice(mark.length)) : value.toWellFormed();
  }
  if (typeof value === 'number') reading.isComplete = false;
  if (typeof value !== 'object' || value === null) return value;

  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    const unmarked = unmark(field, reading);
    if (unmarked !== field) fields[name] = unmarked;
  }
  return value;
}

/**
 * A row's unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. Providers add
 * fields as null before they mean anything, so a null is left out, and an object in which all is null.
 */
export function extraText(unknownFields: Record<string, unknown>): string {
  const fields = withoutNulls(unknownFields);
  if (fields === undefined) return '';
  const entries = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : '';
}

/** Undefined where nothing is left of an object that had fields. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const all = Object.entries(fields);
  const left = all.flatMap(([name, value]): [string, unknown][] => {
    const known = isPlainObject(value) ? withoutNulls(value) : value;
    return known === null || known === undefined ? [] : [[name, known]];
  });
  return left.length === 0 && all.length > 0 ? undefined : Object.fromEntries(left);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}
