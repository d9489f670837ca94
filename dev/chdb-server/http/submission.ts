import { isUtf8 } from 'node:buffer';
import { ClickHouseException } from '../sql/exception.ts';
import { findInsertData, type InsertWithData } from '../sql/insert-data.ts';
import { readKnownStatement } from '../sql/known-statements.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Statement } from '../sql/statement.ts';
import { following, readStart } from './chunks.ts';
import { readText } from './request-body.ts';

/** What a client sent: a statement, or an INSERT and its data as a stream. */
export type Submission = Statement | SubmittedInsert;
export type SubmittedInsert = Omit<InsertWithData, 'dataStart'> & {
  kind: 'insert';
  /** Data that are SQL, if all are at hand. */
  values: string | undefined;
  data: AsyncGenerator<Buffer>;
};

// The head of an INSERT must be within these first bytes, as on a server (max_query_size).
const HEAD_BYTES = 256 * 1024;

/** Reads SQL from URL and body, and stops reading where the data of an INSERT begin. */
export async function readSubmission(query: string, body: AsyncIterable<Buffer>): Promise<Submission> {
  const chunks = concatenate(query, body);
  const { bytes: start, complete } = await readStart(chunks, HEAD_BYTES);
  const text = start.toString();
  const insert = findInsertData(text);
  if (insert) {
    const dataStart = Buffer.byteLength(text.slice(0, insert.dataStart));
    decode(start.subarray(0, dataStart)); // the head is text, while the data may be binary
    const values =
      insert.format.toLowerCase() === 'values' && complete ? start.subarray(dataStart).toString() : undefined;
    if (values) refuseSecond(values);
    return { ...insert, kind: 'insert', values, data: following(start.subarray(dataStart), chunks) };
  }
  return readKnownStatement(decode(await readText(following(start, chunks))));
}

/** A server rejects what follows the values; the engine would ignore it. */
function refuseSecond(values: string): void {
  const tokens = [...tokenize(values)];
  const end = tokens.findIndex(({ type }) => type === 'semicolon');
  if (end !== -1 && tokens.slice(end).some(({ type }) => type !== 'semicolon')) {
    throw new ClickHouseException(62, 'SYNTAX_ERROR', 'Cannot read data after semicolon');
  }
}

async function* concatenate(query: string, body: AsyncIterable<Buffer>) {
  if (query !== '') yield Buffer.from(`${query}\n`);
  yield* body;
}

/** Rejects text that is not UTF-8: it would be changed on its way to the engine. */
function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw new ClickHouseException(36, 'BAD_ARGUMENTS', 'The query is not valid UTF-8');
}
