import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { QueryResult } from '../engine/chdb.ts';
import { type Context, quote } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import type { Session } from '../engine/session.ts';
import { ClickHouseException } from '../sql/exception.ts';

import type { Statement } from '../sql/statement.ts';
import { following, readStart } from './chunks.ts';
import { type Content, collect, inMemory } from './collect.ts';
import { asNotEnoughSpace } from './not-enough-space.ts';
import type { Spool } from './spool.ts';
import type { Submission, SubmittedInsert } from './submission.ts';

/** A complete result: reading its content cannot fail. */
export type Result = {
  format: string;
  /** Rows of the result. */
  rows: number;
  writtenRows: number;
  elapsedSeconds: number;
  content: Content;
};

export type Options = { engine: Engine; spool: Spool; context: Context; session: Session | undefined };

/**
 * Runs what a client sent and passes the result to `send`. Data of an INSERT and rows of a SELECT are complete before
 * they are passed on, in memory or in a file: so an upload that is cut off inserts nothing, a SELECT that fails midway
 * gets its proper status, a client that reads slowly holds no thread, and nothing has to fit into memory.
 */
export async function execute(submission: Submission, options: Options, send: (result: Result) => Promise<void>) {
  if (submission.kind === 'insert') return send(await insert(submission, options));
  if (submission.kind === 'query') return select(submission, options, send);
  const { engine, context, session } = options;
  const format = submission.format ?? context.format;
  const { sql, changes, substitutions } = submission;
  const command = { kind: 'command', sql, changes, substitutions } as const;
  const { bytes, rows, elapsedSeconds } = await engine.run(command, context, session);
  await send({ format, rows, writtenRows: 0, elapsedSeconds, content: inMemory(bytes) });
}

async function select(statement: Statement, options: Options, send: (result: Result) => unknown) {
  const { engine, spool, context, session } = options;
  const { sql, into, substitutions } = statement;
  const format = statement.format ?? context.format;
  const tail = statement.format === undefined ? `FORMAT ${format}` : sql.slice(into);
  await spool(async (file) => {
    const { write, finish, close } = collect(file);
    const select = (pipe: string) => `${sql.slice(0, into)}\nINTO OUTFILE ${quote(pipe)} TRUNCATE ${tail}`;
    try {
      const { rows, elapsedSeconds } = await engine.run(
        { kind: 'query', sql: select, write, substitutions },
        context,
        session,
      );
      await send({ format, rows, writtenRows: 0, elapsedSeconds, content: await finish() });
    } finally {
      await close();
    }
  });
}

// Up to here, data do not go through a file: that takes longer than a small INSERT.
const DIRECT_BYTES = 1024 * 1024;

async function insert({ target, settings, format, data }: SubmittedInsert, options: Options) {
  const { engine, spool, context, session } = options;
  const { bytes, complete } = await readStart(data, DIRECT_BYTES);
  context.signal.throwIfAborted();
  const written: QueryResult =
    complete && canFollowHead(format, bytes)
      ? await engine.run(
          { kind: 'insert', sql: `${target} ${settings} FORMAT ${format} `, data: bytes },
          context,
          session,
        )
      : await spool(async (file) => {
          await pipeline(following(bytes, data), createWriteStream(file, { mode: 0o600 }), {
            signal: context.signal,
          }).catch((error) => {
            throw asNotEnoughSpace(error);
          });
          const sql = `${target} FROM INFILE ${quote(file)} ${settings} FORMAT ${format}`;
          return await engine.run({ kind: 'insert', sql }, context, session).catch(withoutFile);
        });
  const { rows: writtenRows, elapsedSeconds } = written;
  return { format, rows: 0, writtenRows, elapsedSeconds, content: inMemory(new Uint8Array()) };
}

/**
 * Whether the engine reads the data as data if they follow the INSERT in one text, where an empty line begins the next
 * statement. JSON writes line breaks in texts as `\n`, so only one between rows can be empty.
 */
function canFollowHead(format: string, data: Buffer): boolean {
  return /^JSON(Compact)?EachRow$/.test(format) && (data[0] === 0x7b || data[0] === 0x5b) && !data.includes('\n\n');
}

/** Removes our file from a message: the client did not name one. */
function withoutFile(error: unknown): never {
  if (!(error instanceof ClickHouseException)) throw error;
  const message = error.message
    .replace(/ ?\(in file\/uri [^)]*\):?/g, '')
    .replace('parsed from file', 'parsed from query');
  throw new ClickHouseException(error.code, error.type, message);
}
