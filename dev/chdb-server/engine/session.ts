import { randomUUID } from 'node:crypto';
import { ClickHouseException } from '../sql/exception.ts';
import { isWord } from '../sql/format-clause.ts';
import { tokenize } from '../sql/lexer.ts';
import { disconnect, query } from './chdb.ts';
import type { Connections, TaggedConnection } from './connections.ts';
import { assignments, type Context, use } from './context.ts';
import type { EngineStatement } from './statement.ts';

/**
 * What a client's session holds. Nothing, until a statement changes it: up to then its statements use any connection of
 * their kind, which costs a client nothing that names a session and never needs it.
 */
export type Session = {
  /** The session's own connection, with its temporary tables. */
  held: TaggedConnection | undefined;
  /** The statements that changed its settings, to be repeated after the settings of one statement were reset. */
  settings: string[];
  /** The statement that selected its database. */
  database: string;
  current: string;
  /** Names that the statement before set for itself alone. */
  passing: string[];
  parameters: Set<string>;
  temporaryBytes: number;
};

export const TEMPORARY_BYTES = 500_000_000; // of all sessions together, in memory
const READING_COMMANDS = ['SHOW', 'DESC', 'DESCRIBE', 'EXISTS', 'EXPLAIN'];
const OF_THE_SESSION = ['SET', 'USE']; // which readonly = 2, as of each GET, permits on a server

export function newSession(): Session {
  const database = use('default');
  const none = { held: undefined, settings: [], passing: [], parameters: new Set<string>(), temporaryBytes: 0 };
  return { ...none, database, current: database };
}

export function endSession(session: Session): void {
  if (session.held) disconnect(session.held.connection);
  session.held = undefined;
}

/** Gives a session its connection with the statement's own settings, which no later statement sees. */
export async function prepare(
  session: Session,
  statement: EngineStatement,
  context: Context,
  open: Connections['open'],
) {
  refuse(session, statement, context);
  session.held ??= await open(context.role, undefined);
  const { held } = session;
  const run = (sql: string) => query(held.connection, sql, 'Null');

  if (session.passing.length > 0) {
    // Each by itself: a name that the engine refused cannot be reset either.
    for (const name of session.passing) await run(`SET ${name} = DEFAULT`).catch(() => {});
    for (const sql of session.settings) await run(sql);
  }
  const database = context.database ? use(context.database) : session.database;
  if (database !== session.current) await run(database);
  session.current = database;

  held.tag = randomUUID(); // a KILL of the statement before may be on its way
  // Read-only is checked above: the engine does not let a connection leave it.
  const { readonly: _, ...settings } = context.settings;
  const values = assignments({ settings, parameters: context.parameters }, held.tag);
  session.passing = Object.keys(settings);
  for (const name of Object.keys(context.parameters)) session.parameters.add(name);
  await run(`SET ${values.join(', ')}`);
  return held;
}

/** Notes what a statement changed, and leaves nothing of one that failed. */
export async function conclude(session: Session, statement: EngineStatement, failed: boolean): Promise<void> {
  const { held } = session;
  if (!held) return;
  // Its first rows would come back before those of the next statement.
  if (failed && statement.kind === 'command') await query(held.connection, 'SELECT 1', 'Null').catch(() => {});
  if (failed) return;
  if (statement.kind === 'command' && statement.changes === 'settings') session.settings.push(statement.sql);
  if (statement.kind === 'command' && statement.changes === 'database') {
    session.database = session.current = statement.sql;
  }
  if (statement.kind === 'query') return;
  const { bytes } = await query(
    held.connection,
    'SELECT sum(total_bytes) FROM system.tables WHERE is_temporary',
    'TSVRaw',
  );
  session.temporaryBytes = Number(Buffer.from(bytes).toString());
}

function refuse(session: Session, statement: EngineStatement, { settings, parameters }: Context): void {
  const { readonly = '0' } = settings;
  const words = readonly === '2' ? [...READING_COMMANDS, ...OF_THE_SESSION] : READING_COMMANDS;
  const reads =
    statement.kind === 'query' ||
    (statement.kind === 'command' && isWord(tokenize(statement.sql).next().value ?? undefined, ...words));
  if (readonly !== '0' && !reads) {
    throw new ClickHouseException(164, 'READONLY', 'Cannot execute query in readonly mode');
  }
  if (statement.kind === 'insert') return;
  const missing = statement.substitutions.find((name) => session.parameters.has(name) && !(name in parameters));
  if (missing && !session.settings.some((sql) => sql.includes(`param_${missing}`))) {
    throw new ClickHouseException(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${missing}\` is not set`);
  }
}
