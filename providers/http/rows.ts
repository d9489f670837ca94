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
      for (const row of value) {
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

const texts = new Map<string, string>();
const MAX_TEXTS = 20_000;

/** The one copy of a text that many rows have: a parsed page has one of its own for each. */
export function shared(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(text, text);
  return text;
}
