import { z } from 'zod';

/** A row of a report as it was sent. */
export type Row = Readonly<Record<string, unknown>>;

/** Turns a row into a fact. Throws MalformedRowError. */
export type ReadRow<Fact> = (row: Row) => Fact;

/** A row is not as the API documents it. Holds names of fields, never a value. */
export class MalformedRowError extends Error {
  readonly path: readonly string[];

  constructor(path: readonly string[]) {
    super('malformed row');
    this.path = path;
  }
}

/**
 * The schema of a list of rows; null is an empty one. The rows are read by a plain function: as schemas they took five
 * times as long, and a large window has 100,000 of them.
 */
export function rows<Fact>(readRow: ReadRow<Fact>): z.ZodType<Fact[] | undefined> {
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined) return undefined;
      if (value === null) return [];
      if (!Array.isArray(value)) {
        context.addIssue({ code: 'custom', message: 'not a list' });
        return z.NEVER;
      }
      const facts: Fact[] = [];
      for (const [at, row] of value.entries()) {
        value[at] = null; // A row that was read is let go: the peak of a large page is an eighth lower.
        try {
          facts.push(readRow(objectOf(row, [])));
        } catch (error) {
          if (!(error instanceof MalformedRowError)) throw error;
          context.addIssue({ code: 'custom', path: [facts.length, ...error.path], message: 'unexpected' });
          return z.NEVER;
        }
      }
      return facts;
    });
}

/** An object that may have any fields. Throws MalformedRowError. */
export function objectOf(value: unknown, path: readonly string[]): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new MalformedRowError(path);
}

const PLACES = 4096;
const texts = Array<string>(PLACES).fill('');

/**
 * One copy of a text that many rows have: a parsed page has one of its own for each. Two texts of the same place take
 * turns, which costs memory alone. A Map of texts took twice as long: it reads every character.
 */
export function shared(text: string): string {
  const { length } = text;
  const sample = (text.charCodeAt(length - 1) * 31 + text.charCodeAt(length >> 1)) * 31 + text.charCodeAt(length >> 2);
  const place = (sample * 31 + length) & (PLACES - 1);
  const known = texts[place] as string;
  if (known === text) return known;
  texts[place] = text;
  return text;
}
