import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { semaphore } from '#api/http/semaphore.ts';
import { connect, disconnect, insert, type QueryResult, query } from './chdb.ts';
import { idleConnections, type TaggedConnection } from './idle-connections.ts';
import { createKiller } from './killer.ts';
import { openPipes, type Write } from './pipes.ts';
import { kindOf, quote, type Session, setValues, use } from './session.ts';

export type Engine = {
  version: string;
  /**
   * Runs one statement, which sees no settings and parameters but its session's. @throws ClickHouseException
   * @param statement `data` follow an INSERT
   */
  run(statement: EngineStatement, session: Session): Promise<QueryResult>;
  /** Waits for the running statements, then unlocks the data directory. */
  close(): Promise<void>;
};
/** A query's SQL has the path of the pipe that it writes into. */
export type EngineStatement =
  | { kind: 'command'; sql: string; changesSession: boolean }
  | { kind: 'insert'; sql: string; data?: Uint8Array; changesSession?: false }
  | { kind: 'query'; sql: (pipe: string) => string; write: Write; changesSession?: false };

const IDLE_CONNECTIONS = 128; // 0.1 MB each
const CONFIG = join(import.meta.dirname, 'config');
export const ARGUMENTS = [
  `--config-file=${join(CONFIG, 'config.xml')}`,
  `--users_config=${join(CONFIG, 'users.xml')}`,
  // Compiling expressions took more time than it saved: two files of the API's tests 54 s, without it 46 s.
  '--compile_expressions=0',
  '--compile_aggregate_expressions=0',
  '--compile_sort_description=0',
  '--implicit_select=0', // chDB would accept `1 + 1` as a statement
  '--max_result_bytes=4000000000', // results go through the disk: an endless one must not fill it
];

/** Opens chDB on a directory and creates it if necessary. @throws Error when another process has it open */
export async function openEngine(options: { directory: string; pipes: string; concurrency: number }) {
  const { directory, concurrency } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keeper = connect(directory, ARGUMENTS); // keeps the engine open between statements
  const { bytes } = await query(keeper, 'SELECT version()', 'TSVRaw');
  const version = Buffer.from(bytes).toString().trim();
  const pipes = openPipes(options.pipes, concurrency); // the lock of the data directory covers them
  const slots = semaphore({ concurrency });
  const idle = idleConnections(IDLE_CONNECTIONS);
  // Statements are found by a setting that has no effect here, because their query ids cannot be chosen.
  const killer = createKiller((tags) =>
    query(keeper, `KILL QUERY WHERE Settings['query_cache_tag'] IN (${tags.map(quote).join(', ')}) ASYNC`, 'Null'),
  );

  async function open(database: string | undefined): Promise<TaggedConnection> {
    const connection = connect(directory, ARGUMENTS);
    try {
      if (database) await query(connection, use(database), 'Null');
    } catch (error) {
      disconnect(connection);
      throw error;
    }
    return { connection, tag: randomUUID(), valuesSetBy: '' };
  }

  async function run(statement: EngineStatement, session: Session): Promise<QueryResult> {
    const { signal } = session;
    const release = await slots.acquire(signal);
    try {
      const kind = kindOf(session);
      const tagged = idle.take(kind) ?? (await open(session.database));
      let isReusable = false;
      try {
        const result = await runOn(tagged, statement, session);
        // A failed statement may leave rows that the next one would return; a KILL may still be on its way.
        isReusable = !statement.changesSession && !signal.aborted;
        return result;
      } finally {
        if (isReusable) idle.keep(kind, tagged);
        else disconnect(tagged.connection);
        // A connection does not notice that its database has been dropped.
        if (statement.kind === 'command' && /\bDATABASE\b/i.test(statement.sql)) idle.closeAll();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      release();
    }
  }

  async function runOn(tagged: TaggedConnection, statement: EngineStatement, session: Session) {
    const { connection, tag } = tagged;
    const { signal, format } = session;
    const kill = () => killer.kill(tag);
    try {
      const set = setValues(session, tag);
      if (set !== tagged.valuesSetBy) await query(connection, set, 'Null');
      tagged.valuesSetBy = set;
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

  async function close() {
    await slots.idle();
    await killer.idle();
    idle.closeAll();
    disconnect(keeper);
  }
  return { version, run, close } satisfies Engine;
}
