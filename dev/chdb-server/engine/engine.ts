import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { semaphore } from '#api/http/semaphore.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { type Connection, connect, disconnect, type QueryResult, query } from './chdb.ts';
import { createKiller } from './killer.ts';

/** The settings of one statement. Parameters are text in ClickHouse's escaped form, as in a URL. */
export type Session = {
  database: string | undefined;
  settings: Record<string, string>;
  parameters: Record<string, string>;
  /** The format of the result, if the statement names none. */
  format: string;
  /** Kills the statement when aborted; run() then rejects with the signal's reason. */
  signal: AbortSignal;
};

export type Engine = {
  version: string;
  /** Runs one statement in a session of its own. @throws ClickHouseException */
  run(sql: string, session: Session): Promise<QueryResult>;
  /** Waits for the running statements, then unlocks the data directory. */
  close(): Promise<void>;
};

const NAME = /^[A-Za-z_]\w*$/;
const CONFIG = join(import.meta.dirname, 'config');
const ARGUMENTS = [
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
export async function openEngine({ directory, concurrency }: { directory: string; concurrency: number }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keeper = connect(directory, ARGUMENTS); // keeps the engine open between statements
  const [{ version } = { version: '' }] = await rowsOf<{ version: string }>(keeper, 'SELECT version() AS version');
  const slots = semaphore({ concurrency });
  // Statements are found by a setting that has no effect here, because their query ids cannot be chosen.
  const killer = createKiller((tags) =>
    query(keeper, `KILL QUERY WHERE Settings['query_cache_tag'] IN (${tags.map(quote).join(', ')}) ASYNC`, 'Null'),
  );

  async function run(sql: string, session: Session): Promise<QueryResult> {
    const { signal } = session;
    const tag = randomUUID();
    const set = settingsOf(session, tag);
    const release = await slots.acquire(signal);
    const kill = () => killer.kill(tag);
    let connection: Connection | undefined;
    try {
      connection = connect(directory, ARGUMENTS);
      if (session.database) await query(connection, `USE ${quoteName(session.database)}`, 'Null');
      await query(connection, set, 'Null');
      signal.throwIfAborted();
      signal.addEventListener('abort', kill, { once: true });
      return await query(connection, sql, session.format);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', kill);
      killer.settled(tag);
      if (connection) disconnect(connection);
      release();
    }
  }

  async function close() {
    await slots.idle();
    await killer.idle();
    disconnect(keeper);
  }
  return { version, run, close } satisfies Engine;
}

/** `readonly` comes last: a read-only session accepts no further settings. */
function settingsOf({ settings, parameters }: Session, tag: string): string {
  const { readonly, ...others } = settings;
  const list = [
    ...Object.entries(others).map(([name, value]) => assignment('setting', name, value)),
    ...Object.entries(parameters).map(([name, value]) => assignment('parameter', name, value, 'param_')),
    assignment('setting', 'query_cache_tag', tag),
  ];
  if (readonly !== undefined) list.push(assignment('setting', 'readonly', readonly));
  return `SET ${list.join(', ')}`;
}

function assignment(what: string, name: string, value: string, prefix = ''): string {
  if (!NAME.test(name)) throw new ClickHouseException(36, 'BAD_ARGUMENTS', `Invalid name of a ${what}`);
  return `${prefix}${name} = ${quote(value)}`;
}

async function rowsOf<T>(connection: Connection, sql: string): Promise<T[]> {
  const { bytes } = await query(connection, sql, 'JSONEachRow');
  const lines = Buffer.from(bytes).toString().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as T);
}

/** A string literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function quoteName(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}
