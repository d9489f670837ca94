import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Engine, quote, type Session } from '../engine/engine.ts';
import { ClickHouseException } from '../sql/exception.ts';
import type { Spool } from './spool.ts';
import type { Submission } from './submission.ts';

/** A complete result: reading it cannot fail. */
export type Result = {
  format: string;
  bytes: number;
  /** Rows of the result. */
  rows: number;
  writtenRows: number;
  elapsedSeconds: number;
  open(): Readable;
};

type Options = { engine: Engine; spool: Spool; session: Session };

/**
 * Runs what a client sent and passes the result to `send`. Data of an INSERT and rows of a SELECT go through a file:
 * so an upload that is cut off inserts nothing, a SELECT that fails midway gets its proper status, a client that reads
 * slowly holds no thread, and nothing has to fit into memory.
 */
export async function execute(submission: Submission, options: Options, send: (result: Result) => Promise<void>) {
  const { engine, spool, session } = options;
  if (submission.kind === 'insert') {
    const { target, settings, format, data } = submission;
    const written = await spool(async (file) => {
      await pipeline(data, createWriteStream(file, { mode: 0o600 }), { signal: session.signal });
      const sql = `${target} FROM INFILE ${quote(file)} ${settings} FORMAT ${format}`;
      return await engine.run(sql, session).catch(withoutFile);
    });
    return send({ ...empty(format), writtenRows: written.rows, elapsedSeconds: written.elapsedSeconds });
  }

  const format = submission.format ?? session.format;
  if (submission.kind === 'command') {
    const { bytes, rows, elapsedSeconds } = await engine.run(submission.sql, session);
    return send({ ...empty(format), bytes: bytes.length, rows, elapsedSeconds, open: () => Readable.from([bytes]) });
  }

  return spool(async (file) => {
    const { sql, into } = submission;
    const tail = submission.format === undefined ? `FORMAT ${format}` : sql.slice(into);
    const select = `${sql.slice(0, into)}\nINTO OUTFILE ${quote(file)} ${tail}`;
    const { rows, elapsedSeconds } = await engine.run(select, session);
    const size = await stat(file).then(
      ({ size }) => size,
      () => 0, // FORMAT Null writes none
    );
    const open = () => (size === 0 ? Readable.from([]) : createReadStream(file));
    return send({ ...empty(format), bytes: size, rows, elapsedSeconds, open });
  });
}

/** Removes our file from a message: the client did not name one. */
function withoutFile(error: unknown): never {
  if (!(error instanceof ClickHouseException)) throw error;
  const message = error.message
    .replace(/ ?\(in file\/uri [^)]*\):?/g, '')
    .replace('parsed from file', 'parsed from query');
  throw new ClickHouseException(error.code, error.type, message);
}

function empty(format: string) {
  return { format, bytes: 0, rows: 0, writtenRows: 0, elapsedSeconds: 0, open: () => Readable.from([]) };
}
