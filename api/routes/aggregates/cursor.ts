import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Position } from '#clickhouse/aggregates/question.ts';
import { Problem } from '../../problem/problem.ts';
import { day } from '../parameters.ts';

// A caller may send anything as a cursor.
const parts = z.tuple([
  z.string(),
  z.union([day, z.literal('1970-01-01')]),
  z.string().regex(/^-?\d{1,20}(\.\d{1,18})?$/),
  z.array(z.string()),
]);

/** Where the next page of a question starts, as text that only this API reads. */
export function encodeCursor(question: object, { period, value, keys }: Position): string {
  return Buffer.from(JSON.stringify([hashOf(question), period, value, keys])).toString('base64url');
}

/** @throws Problem invalid_request if the cursor is malformed or belongs to another question */
export function decodeCursor(question: { group_by: readonly string[] }, cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const { data } = parts.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  const [hashed, period = '', value = '', keys = []] = data ?? [];
  if (hashed === hashOf(question) && keys.length === question.group_by.length) return { period, value, keys };
  const message = 'must be the next_cursor of a request with the same parameters';
  throw new Problem('invalid_request', { errors: [{ pointer: '/query/cursor', message }] });
}

const hashOf = (question: object) => hash('sha256', JSON.stringify(question), 'base64url').slice(0, 16);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
