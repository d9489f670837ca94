import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { semaphore } from '#api/limits/semaphore.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { createBackground } from './background.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { connect, disconnect, insert, type QueryResult, query } from './chdb.ts';
import { createConnections, type TaggedConnection } from './connections.ts';
import { assignments, type Context, kindOf, quote } from './context.ts';
import { createKiller } from './killer.ts';
import { openPipes } from './pipes.ts';
import { conclude, endSession, prepare, type Session, TEMPORARY_BYTES } from './session.ts';
import type { EngineStatement } from './statement.ts';

export type Engine = {
  version: string;
  /**
   * Runs one statement, which sees what its context says and, if it has a session, what that holds: one at a time.
   * @throws ClickHouseException
   */
  run(statement: EngineStatement, context: Context, session?: Session): Promise<QueryResult>;
  /** What an analyst's statements are checked against; read when first asked for. */
  catalog(): Promise<Catalog>;
  /** Ends a session that no statement uses. */
  end(session: Session): void;
  /** Waits for the running statements, then unlocks the data directory. */
  close(): Promise<void>;
};
const IDLE_CONNECTIONS = 128; // 0.1 MB each
/** Each larger insert keeps a core busy: of more than there are cores, questions would wait. */
const LARGE_INSERT_BYTES = 256 * 1024;
/** More than what an insert has that comes without a file. */
const IN_FILE = Infinity;

export function engineArguments(usersConfig: string): string[] {
  return [
    `--config-file=${join(import.meta.dirname, 'config.xml')}`,
    `--users_config=${usersConfig}`,
    // Compiling expressions took more time than it saved: two files of the API's tests 54 s, without it 46 s.
    '--compile_expressions=0',
    '--compile_aggregate_expressions=0',
    '--compile_sort_description=0',
    '--output_format_parallel_formatting=0', // threads of its own took a small result a quarter of its CPU
    '--implicit_select=0', // chDB would accept `1 + 1` as a statement
    '--max_result_bytes=4000000000', // results go through the disk: an endless one must not fill it
  ];
}

/** Of the worker's statements, so many at once keep all cores busy; beside what people wait for, one core less. */
const BACKGROUND = { atMost: availableParallelism() + 1, besideOthers: Math.max(1, availableParallelism() - 1) };

type Options = { directory: string; pipes: string; usersConfig: string; concurrency: number };

/** Opens chDB on a directory and creates it if necessary. @throws Error when another process has it open */
export async function openEngine({ directory, pipes: pipesDirectory, usersConfig, concurrency }: Options) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const args = engineArguments(usersConfig);
  const keeper = connect(directory, args); // keeps the engine open between statements
  const { bytes } = await query(keeper, 'SELECT version()', 'TSVRaw');
  const version = Buffer.from(bytes).toString().trim();
  let catalog: Promise<Catalog> | undefined;
  const pipes = openPipes(pipesDirectory, concurrency); // the lock of the data directory covers them
  const slots = semaphore({ concurrency });
  const background = createBackground(BACKGROUND);
  const largeInserts = semaphore({ concurrency: availableParallelism() });
  const connections = createConnections(directory, args, IDLE_CONNECTIONS);
  const holding = new Set<Session>();
  // Statements are found by a setting that has no effect here, because their query ids cannot be chosen.
  const killer = createKiller((tags) =>
    query(keeper, `KILL QUERY WHERE Settings['query_cache_tag'] IN (${tags.map(quote).join(', ')}) ASYNC`, 'Null'),
  );

  async function run(statement: EngineStatement, context: Context, session?: Session): Promise<QueryResult> {
    const releases: (() => void)[] = [];
    try {
      if (isLargeInsert(statement)) releases.push(await largeInserts.acquire(context.signal));
      // A command may wait for a mutation, which takes no core of its own.
      if (statement.kind !== 'command') {
        releases.push(context.isBackground ? await background.acquire(context.signal) : background.yieldTo());
      }
      return await runInSlot(statement, context, session);
    } finally {
      for (const release of releases) release();
    }
  }

  async function runInSlot(statement: EngineStatement, context: Context, session?: Session): Promise<QueryResult> {
    const { signal } = context;
    const release = await slots.acquire(signal);
    try {
      const isHeld = session && (session.held || changes(statement));
      return await (isHeld ? runInSession(statement, context, session) : runOnAny(statement, context));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      // A connection does not notice that its database has been dropped.
      if (statement.kind === 'command' && /\bDATABASE\b/i.test(statement.sql)) connections.closeIdle();
      release();
    }
  }

  async function runOnAny(statement: EngineStatement, context: Context): Promise<QueryResult> {
    const kind = kindOf(context);
    const tagged = connections.take(kind) ?? (await connections.open(context.role, context.database));
    let isReusable = false;
    try {
      const values = assignments(context, tagged.tag);
      const changed = values.filter((value) => !tagged.values.has(value));
      if (changed.length > 0) await query(tagged.connection, `SET ${changed.join(', ')}`, 'Null');
      tagged.values = new Set(values);
      const result = await runOn(tagged, statement, context);
      // A failed statement may leave rows that the next one would return; a KILL may still be on its way.
      isReusable = !changes(statement) && !context.signal.aborted;
      return result;
    } finally {
      if (isReusable) connections.keep(kind, tagged);
      else disconnect(tagged.connection);
    }
  }

  async function runInSession(statement: EngineStatement, context: Context, session: Session): Promise<QueryResult> {
    holding.add(session);
    const tagged = await prepare(session, statement, context, connections.open);
    let failed = true;
    try {
      const result = await runOn(tagged, statement, context);
      failed = false;
      return result;
    } finally {
      await conclude(session, statement, failed);
      const temporaryBytes = [...holding].reduce((sum, other) => sum + other.temporaryBytes, 0);
      if (temporaryBytes > TEMPORARY_BYTES) {
        end(session);
        // biome-ignore lint/correctness/noUnsafeFinally: the statement's own result is of no use without its session
        throw tooManyTemporaryRows();
      }
    }
  }

  async function runOn({ connection, tag }: TaggedConnection, statement: EngineStatement, context: Context) {
    const { signal, format } = context;
    const kill = () => killer.kill(tag);
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', kill, { once: true });
      if (statement.kind === 'query') {
        return await pipes.receive((pipe) => query(connection, statement.sql(pipe), format), statement.write, kill);
      }
      if (statement.kind === 'insert' && statement.data) return await insert(connection, statement.sql, statement.data);
      return await query(connection, statement.sql, format);
    } finally {
      signal.removeEventListener('abort', kill);
      killer.settled(tag);
    }
  }

  function end(session: Session) {
    holding.delete(session);
    endSession(session);
  }

  async function close() {
    await slots.idle();
    await killer.idle();
    for (const session of holding) end(session);
    connections.closeIdle();
    disconnect(keeper);
  }
  return {
    version,
    run,
    end,
    close,
    catalog() {
      catalog ??= readCatalog(directory, args);
      return catalog;
    },
  } satisfies Engine;
}

function isLargeInsert(statement: EngineStatement): boolean {
  return statement.kind === 'insert' && (statement.data?.byteLength ?? IN_FILE) > LARGE_INSERT_BYTES;
}

function changes(statement: EngineStatement): boolean {
  return statement.kind === 'command' && statement.changes !== 'nothing';
}

function tooManyTemporaryRows(): ClickHouseException {
  return new ClickHouseException(
    241,
    'MEMORY_LIMIT_EXCEEDED',
    `The temporary tables of all sessions exceed ${TEMPORARY_BYTES} bytes; this session has ended`,
  );
}
